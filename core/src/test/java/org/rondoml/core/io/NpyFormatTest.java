package org.rondoml.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.DataException;
import org.rondoml.api.UsageException;

/** The files are NumPy's own; generate.py beside them made them. */
class NpyFormatTest {
  private static final double[] SIGNED = {-3, 0, 1, 2, 100, -128};
  private static final double[] UNSIGNED = {3, 0, 1, 2, 100, 255};

  @TempDir Path folder;

  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(NpyFormatTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "f4, FLOAT",
    "f8, DOUBLE",
    "i1, BYTE",
    "i2, SHORT",
    "i4, INT",
    "i8, LONG",
    "u1, UBYTE",
    "u2, UINT16",
    "u4, UINT32"
  })
  void readsEveryTypeInBothByteOrders(String code, DataType type) {
    for (String order : new String[] {"little", "big"}) {
      INDArray array = NpyFormat.read(resource(code + "-" + order + ".npy"));
      assertEquals(type, array.dataType());
      assertArrayEquals(new long[] {2, 3}, array.shape());
      assertArrayEquals(code.startsWith("u") ? UNSIGNED : SIGNED, values(array), order);
    }
  }

  @Test
  void readsBooleans() {
    INDArray array = NpyFormat.read(resource("b1.npy"));
    assertEquals(DataType.BOOL, array.dataType());
    assertArrayEquals(new double[] {1, 0, 1, 0, 0, 1}, values(array));
  }

  @Test
  void readsFortranOrderAsRowMajor() {
    INDArray array = NpyFormat.read(resource("fortran.npy"));
    assertArrayEquals(new long[] {2, 3, 4}, array.shape());
    assertEquals('c', array.ordering());
    for (int i = 0; i < 24; i++) {
      assertEquals(i, array.getDouble(i / 12, i / 4 % 3, i % 4));
    }
    assertArrayEquals(new double[] {0, 1, 2, 3, 4}, values(NpyFormat.read(resource("vector.npy"))));
  }

  @Test
  void readsScalars() {
    INDArray array = NpyFormat.read(resource("scalar.npy"));
    assertEquals(0, array.rank());
    assertEquals(2.5, array.getDouble(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int version) {
    INDArray array = NpyFormat.read(resource("version-" + version + ".npy"));
    assertArrayEquals(new double[] {0, 1, 2, 3}, values(array));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f4-little",
        "f8-little",
        "i1-little",
        "i2-little",
        "i4-little",
        "i8-little",
        "u1-little",
        "u2-little",
        "u4-little",
        "b1",
        "scalar",
        "version-1"
      })
  void writesTheBytesThatNumPyWrites(String name) throws IOException {
    Path copy = folder.resolve("copy.npy");
    NpyFormat.write(copy, NpyFormat.read(resource(name + ".npy")));
    assertArrayEquals(Files.readAllBytes(resource(name + ".npy")), Files.readAllBytes(copy));
  }

  @Test
  void writesViewsInRowMajorOrder() {
    INDArray whole = Nd4j.arange(24).castTo(DataType.FLOAT).reshape('c', 4, 6);
    INDArray view =
        whole.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(0, 2, 6)).transpose();
    Path file = folder.resolve("view.npy");
    NpyFormat.write(file, view);
    INDArray read = NpyFormat.read(file);
    assertArrayEquals(new long[] {3, 2}, read.shape());
    assertArrayEquals(new double[] {6, 12, 8, 14, 10, 16}, values(read));
  }

  @Test
  void readsAndWritesArraysLargerThanAPiece() {
    long rows = ArrayBytes.PIECE / 8 + 3;
    INDArray array = Nd4j.arange((double) (rows * 3)).castTo(DataType.DOUBLE).reshape('c', rows, 3);
    Path file = folder.resolve("large.npy");
    NpyFormat.write(file, array);
    INDArray read = NpyFormat.read(file);
    assertEquals(array, read);
    assertEquals((double) (rows * 3 - 1), read.getDouble(rows - 1, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty.npy|: an empty array of shape (0, 3)",
        "object.npy|: holds pickled Python objects, which can run code when read; expected plain numbers:"
            + " float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or bool (rows of unequal"
            + " length must be padded to one length)",
        "structured.npy|: a structured array with named fields; expected plain numbers: float32, float64,"
            + " int8, int16, int32, int64, uint8, uint16, uint32 or bool",
        "complex.npy|: elements of NumPy type '<c8'; expected float32, float64, int8, int16, int32, int64,"
            + " uint8, uint16, uint32 or bool (convert with .astype)",
        "half.npy|: elements of NumPy type '<f2'; expected float32, float64, int8, int16, int32, int64,"
            + " uint8, uint16, uint32 or bool (convert with .astype)",
        "text.npy|: elements of NumPy type '<U2'; expected float32, float64, int8, int16, int32, int64,"
            + " uint8, uint16, uint32 or bool (convert with .astype)",
        "stored.npz|: not a NumPy array: it does not start with \\x93NUMPY",
      })
  void refusesWhatIsNotNumbers(String name, String message) {
    Path file = resource(name);
    assertRefused(file, message);
  }

  @Test
  void refusesMissingFilesAndFolders() {
    assertRefused(folder.resolve("none.npy"), ": no such file");
    assertRefused(folder, ": is a folder; expected a file");
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] whole = Files.readAllBytes(resource("f4-little.npy"));
    assertEquals(152, whole.length);
    Path file = folder.resolve("short.npy");
    Files.write(file, Arrays.copyOf(whole, 151));
    assertRefused(file, ": truncated: shape (2, 3) of 4-byte elements needs 24 bytes, found 23");
    Files.write(file, Arrays.copyOf(whole, 100));
    assertRefused(file, ": truncated: the file ends inside its header");
    Files.write(file, Arrays.copyOf(whole, 9));
    assertRefused(file, ": truncated: the file ends inside its header");
    Files.write(file, new byte[0]);
    assertRefused(file, ": not a NumPy array: it does not start with \\x93NUMPY");
    Files.write(file, Arrays.copyOf(whole, 153));
    assertRefused(
        file, ": bytes left over: shape (2, 3) of 4-byte elements needs 24 bytes, found 25");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A petabyte in a small file: nothing is allocated.
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000000,), }|"
            + ": truncated: shape (1000000000000000,) of 4-byte elements needs 4000000000000000 bytes, found 24",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }|"
            + ": truncated: shape (4294967296, 4294967296) of 4-byte elements needs more than 2^63 bytes, found 24",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }|"
            + ": damaged header: '99999999999999999999' is no size of an axis",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,,3), }|: damaged header: '' is no size of an axis",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }|"
            + ": damaged header; expected {'descr': ..., 'fortran_order': ..., 'shape': ...}",
        "{'descr': '<f4', 'fortran_order': False}|"
            + ": damaged header; expected {'descr': ..., 'fortran_order': ..., 'shape': ...}",
        "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (6,), }|"
            + ": damaged header; expected {'descr': ..., 'fortran_order': ..., 'shape': ...}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'more': True}|"
            + ": damaged header; expected {'descr': ..., 'fortran_order': ..., 'shape': ...}",
        "__import__('os').system('true')|"
            + ": damaged header; expected {'descr': ..., 'fortran_order': ..., 'shape': ...}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,6)}|"
            + ": 33 axes; expected 32 at most",
      })
  void refusesLyingHeaders(String header, String message) throws IOException {
    Path file = folder.resolve("lying.npy");
    Files.write(file, npy(1, header.getBytes(StandardCharsets.ISO_8859_1), 24));
    assertRefused(file, message);
  }

  @Test
  void refusesHugeHeadersAndUnknownVersions() throws IOException {
    Path file = folder.resolve("huge.npy");
    byte[] bytes = npy(1, new byte[0], 0);
    bytes[8] = (byte) 0xff;
    bytes[9] = (byte) 0xff;
    Files.write(file, bytes);
    assertRefused(file, ": the header claims 65535 bytes; expected 10000 at most");
    bytes[6] = 4;
    Files.write(file, bytes);
    assertRefused(file, ": version 4.0 of the .npy format; expected 1.0, 2.0 or 3.0");
  }

  @Test
  void refusesBooleansThatAreNone() throws IOException {
    byte[] bytes = Files.readAllBytes(resource("b1.npy"));
    bytes[bytes.length - 1] = 2;
    Path file = folder.resolve("bool.npy");
    Files.write(file, bytes);
    assertRefused(file, ": damaged: a bool of value 2; expected 0 or 1");
  }

  @Test
  void anyDamageIsOneClearLine() throws IOException {
    byte[] whole = Files.readAllBytes(resource("f4-little.npy"));
    long seed = 20;
    Random random = new Random(seed);
    Path file = folder.resolve("damaged.npy");
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        damaged[random.nextInt(128)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        assertEquals(6, NpyFormat.read(file).length());
      } catch (DataException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.toString());
      }
    }
    assertTrue(refused > 100, "seed " + seed + ": only " + refused + " refused");
  }

  @Test
  void writesNothingThatNumPyDoesNotKnow() {
    Path file = folder.resolve("half.npy");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NpyFormat.write(file, Nd4j.zeros(DataType.FLOAT16, 2, 3)));
    assertEquals("cannot write an array of type HALF and shape [2, 3] as .npy", e.getMessage());
    assertTrue(Files.notExists(file));
  }

  @Test
  void sayWhyAFileCannotBeWritten() {
    Path file = folder.resolve("none").resolve("x.npy");
    UsageException e =
        assertThrows(
            UsageException.class, () -> NpyFormat.write(file, Nd4j.zeros(DataType.FLOAT, 2)));
    assertEquals(
        "cannot write "
            + file
            + ": the folder "
            + file.getParent()
            + " does not exist; create it first",
        e.getMessage());
  }

  private static void assertRefused(Path file, String message) {
    DataException e = assertThrows(DataException.class, () -> NpyFormat.read(file));
    assertEquals(file + message, e.getMessage());
  }

  private static byte[] npy(int version, byte[] header, int data) {
    byte[] bytes = new byte[10 + header.length + data];
    bytes[0] = (byte) 0x93;
    System.arraycopy("NUMPY".getBytes(StandardCharsets.US_ASCII), 0, bytes, 1, 5);
    bytes[6] = (byte) version;
    bytes[8] = (byte) header.length;
    bytes[9] = (byte) (header.length >> 8);
    System.arraycopy(header, 0, bytes, 10, header.length);
    return bytes;
  }

  static double[] values(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }
}
