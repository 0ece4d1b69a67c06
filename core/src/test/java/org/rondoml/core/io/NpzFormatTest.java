package org.rondoml.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rondoml.core.io.NpyFormatTest.resource;
import static org.rondoml.core.io.NpyFormatTest.values;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;

/** The files are NumPy's own; generate.py beside them made them. */
class NpzFormatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsNumPysArchives(String name) {
    Map<String, INDArray> arrays = NpzFormat.read(resource(name), List.of("y", "x", "flags"));
    assertEquals(List.of("y", "x", "flags"), List.copyOf(arrays.keySet()));
    assertEquals(DataType.INT64, get(arrays, "y").dataType());
    assertArrayEquals(new double[] {1, 0}, values(get(arrays, "y")));
    assertArrayEquals(new long[] {2, 3}, get(arrays, "x").shape());
    assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, values(get(arrays, "x")));
    assertEquals(DataType.BOOL, get(arrays, "flags").dataType());
  }

  @Test
  void readsAllInTheFilesOrder() {
    assertEquals(List.of("x", "y", "flags"), NpzFormat.names(resource("stored.npz")));
    assertEquals(
        List.of("zeros", "x", "y", "flags"),
        List.copyOf(NpzFormat.read(resource("deflated.npz")).keySet()));
  }

  @Test
  void writesWhatItReadsAlwaysInTheSameBytes() throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("0", Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}));
    arrays.put("1", Nd4j.createFromArray(1L, 2L, 3L));
    Path first = folder.resolve("first.npz");
    Path second = folder.resolve("second.npz");
    NpzFormat.write(first, arrays);
    NpzFormat.write(second, arrays);
    assertEquals(arrays, NpzFormat.read(first));
    assertEquals(DataType.INT64, get(NpzFormat.read(first), "1").dataType());
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  @Test
  void listsWhatIsThereWhenAnArrayIsMissing() {
    Path file = resource("stored.npz");
    assertEquals(
        file + ": no array 'X'; there are: x, y, flags",
        assertThrows(DataException.class, () -> NpzFormat.read(file, List.of("x", "X")))
            .getMessage());
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    assertRefused(folder.resolve("none.npz"), ": no such file");
    assertRefused(folder, ": is a folder; expected a file");
    String noZip = ": not an .npz file, or truncated: its zip directory is missing or damaged";
    assertRefused(resource("f4-little.npy"), noZip);
    Path file = folder.resolve("truncated.npz");
    byte[] whole = Files.readAllBytes(resource("stored.npz"));
    Files.write(file, Arrays.copyOf(whole, whole.length - 30));
    assertRefused(file, noZip);
    Files.write(file, new byte[0]);
    assertRefused(file, noZip);
    Path text = folder.resolve("text.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(text))) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }
    assertRefused(text, ": a zip file without NumPy arrays");
  }

  @Test
  void refusesAChangedByteBecauseOfItsChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(resource("stored.npz"));
    // The line end is the header's last byte; the numbers follow.
    int data = indexOf(bytes, " \n") + 2;
    bytes[data + 3] ^= 1;
    Path file = folder.resolve("changed.npz");
    Files.write(file, bytes);
    assertRefused(file, ": array 'x': damaged: its checksum does not match");
  }

  @Test
  void refusesDamagedCompression() throws IOException {
    byte[] bytes = Files.readAllBytes(resource("deflated.npz"));
    int start = indexOf(bytes, "zeros.npy") + "zeros.npy".length();
    Arrays.fill(bytes, start + 25, start + 60, (byte) 0xff);
    Path file = folder.resolve("damaged.npz");
    Files.write(file, bytes);
    DataException e = assertThrows(DataException.class, () -> NpzFormat.read(file));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file + ": array 'zeros': damaged: "),
        e.toString());
  }

  @Test
  void refusesAnArrayOfAWrongSizeInside() throws IOException {
    byte[] npy = Files.readAllBytes(resource("f4-little.npy"));
    Path file = folder.resolve("inner.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(npy, 0, npy.length - 4);
    }
    assertRefused(
        file, ": array 'x': truncated: shape (2, 3) of 4-byte elements needs 24 bytes, found 20");
  }

  @Test
  void anyDamageIsOneClearLine() throws IOException {
    byte[] whole = Files.readAllBytes(resource("stored.npz"));
    long seed = 21;
    Random random = new Random(seed);
    Path file = folder.resolve("damaged.npz");
    int refused = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        NpzFormat.read(file);
      } catch (DataException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.toString());
      }
    }
    assertTrue(refused > 300, "seed " + seed + ": only " + refused + " refused");
  }

  private static void assertRefused(Path file, String message) {
    DataException e = assertThrows(DataException.class, () -> NpzFormat.read(file));
    assertEquals(file + message, e.getMessage());
  }

  private static INDArray get(Map<String, INDArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private static int indexOf(byte[] bytes, String text) {
    int found = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertTrue(found >= 0, text);
    return found;
  }
}
