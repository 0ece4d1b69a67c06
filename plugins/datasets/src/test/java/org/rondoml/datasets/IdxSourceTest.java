package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Dataset;

class IdxSourceTest {
  @TempDir Path folder;

  @Test
  void readsPlainAndGzippedFiles() throws IOException {
    write("images", bytes(8, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 255));
    write("labels.gz", gzip(bytes(8, new int[] {2}, 9, 0)));
    Dataset data = load("images", "labels.gz");
    INDArray x = Objects.requireNonNull(data.inputs().get("x"));
    assertEquals(DataType.UINT8, x.dataType());
    assertArrayEquals(new long[] {2, 1, 3}, x.shape());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 255}, values(x));
    assertArrayEquals(new double[] {9, 0}, values(data.targets().get(0)));
    assertEquals(folder.resolve("images").toString(), data.origin());
    assertTrue(load("images", null).targets().isEmpty());
  }

  @Test
  void readsEveryType() throws IOException {
    write("i8", bytes(9, new int[] {2}, 0xff, 1));
    assertRead("i8", DataType.INT8, -1, 1);
    write("i16", bytes(11, new int[] {2}, 0xff, 0xfe, 1, 2));
    assertRead("i16", DataType.INT16, -2, 258);
    write("i32", bytes(12, new int[] {1, 1}, 0x01, 0, 0, 2));
    assertRead("i32", DataType.INT32, 16777218);
    write("f32", bytes(13, new int[] {2}, 0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0));
    assertRead("f32", DataType.FLOAT, 1.5, -2);
    write("f64", bytes(14, new int[] {1}, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0));
    assertRead("f64", DataType.DOUBLE, 1.5);
  }

  @Test
  void turnsTheBytesOfEveryPieceRound() throws IOException {
    int count = 700_001;
    int[] data = new int[2 * count];
    for (int i = 0; i < count; i++) {
      data[2 * i] = i % 30_000 >> 8;
      data[2 * i + 1] = i;
    }
    write("large", bytes(11, new int[] {count}, data));
    INDArray x = Objects.requireNonNull(load("large", null).inputs().get("x"));
    for (int i = 0; i < count; i += 10_007) {
      assertEquals(((i % 30_000) & 0xff00) | (i & 0xff), x.getInt(i), "element " + i);
    }
  }

  @Test
  void refusesWhatIsMissing() {
    assertRefused("none", ": no such file");
    assertRefused(".", ": is a folder; expected a file");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    write("text", new byte[] {'P', 'K', 3, 4, 0, 0});
    assertRefused(
        "text",
        ": not an idx file: it starts with the bytes 50 4b 03 04; expected 00 00, a type (08, 09, 0b,"
            + " 0c, 0d or 0e) and the number of axes");
    write("empty", new byte[0]);
    assertRefused(
        "empty",
        ": not an idx file: it starts with the bytes (none); expected 00 00, a type (08, 09, 0b, 0c,"
            + " 0d or 0e) and the number of axes");
    write("type", new byte[] {0, 0, 0x0a, 1, 0, 0, 0, 1, 0});
    assertRefused(
        "type",
        ": not an idx file: it starts with the bytes 00 00 0a 01; expected 00 00, a type (08, 09, 0b,"
            + " 0c, 0d or 0e) and the number of axes");
    write("axes", new byte[] {0, 0, 8, 0});
    assertRefused("axes", ": 0 axes; expected 1 to 32");
    write("nothing", bytes(8, new int[] {0, 3}));
    assertRefused("nothing", ": an empty array of shape [0, 3]");
  }

  @Test
  void refusesTruncatedAndLyingFiles() throws IOException {
    byte[] whole = bytes(8, new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
    write("short", Arrays.copyOf(whole, whole.length - 1));
    assertRefused("short", ": truncated: shape [2, 3] needs more elements than the file holds");
    write("header", Arrays.copyOf(whole, 9));
    assertRefused("header", ": truncated: the idx file ends too soon");
    write("long", Arrays.copyOf(whole, whole.length + 1));
    assertRefused("long", ": bytes left over after the elements of shape [2, 3]");
    byte[] packed = gzip(whole);
    write("short.gz", Arrays.copyOf(packed, packed.length - 9));
    assertRefused("short.gz", ": truncated: the gzip file ends too soon");
    write("huge.gz", gzip(bytes(8, new int[] {-1, -1, -1, -1}, 1)));
    assertRefused(
        "huge.gz",
        ": truncated: shape [4294967295, 4294967295, 4294967295, 4294967295] needs more elements than"
            + " the file can hold");
    packed[packed.length - 5] ^= 1;
    write("checksum.gz", packed);
    assertRefused("checksum.gz", ": damaged gzip file: Corrupt GZIP trailer");
  }

  @Test
  void refusesFilesThatDoNotFitEachOther() throws IOException {
    write("images", bytes(8, new int[] {2, 1}, 1, 2));
    write("labels", bytes(8, new int[] {3}, 1, 2, 3));
    DataException e = assertThrows(DataException.class, () -> load("images", "labels"));
    assertEquals(
        folder.resolve("labels") + ": 3 labels, but " + folder.resolve("images") + " has 2 images",
        e.getMessage());
  }

  private void assertRead(String name, DataType type, double... values) {
    INDArray x = Objects.requireNonNull(load(name, null).inputs().get("x"));
    assertEquals(type, x.dataType());
    assertArrayEquals(values, values(x));
  }

  private void assertRefused(String name, String message) {
    DataException e = assertThrows(DataException.class, () -> load(name, null));
    assertEquals(folder.resolve(name) + message, e.getMessage());
  }

  private Dataset load(String images, @Nullable String labels) {
    IdxSource.Config config =
        new IdxSource.Config(Path.of(images), labels == null ? null : Path.of(labels));
    return new IdxSource.Provider().create(config, Semantics.KERAS3).load(folder);
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static double[] values(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  private static byte[] bytes(int type, int[] shape, int... data) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + data.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
    for (int size : shape) {
      bytes.putInt(size);
    }
    for (int value : data) {
      bytes.put((byte) value);
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
