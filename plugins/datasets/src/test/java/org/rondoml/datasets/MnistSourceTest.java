package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Dataset;

class MnistSourceTest {
  /** The MD5 sums of the database's unpacked files, as published with them. */
  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, 6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte, a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte, 2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte, 27ae3e4e09519cfbb04c329615203637"
  })
  void theFilesAreTheDatabases(String name, String md5)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    try (InputStream packed =
            Objects.requireNonNull(MnistSource.class.getResourceAsStream("mnist/" + name + ".gz"));
        InputStream in = new GZIPInputStream(packed)) {
      digest.update(in.readAllBytes());
    }
    assertEquals(md5, HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void theLicenceNamesTheAuthors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MnistSource.class.getResourceAsStream("mnist/LICENSE.txt"))) {
      String licence = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(licence.contains("Yann LeCun, Corinna Cortes, Christopher J. C. Burges"), licence);
      assertTrue(licence.contains("CC BY-SA 3.0"), licence);
    }
  }

  /**
   * Counts of the digits, the first labels and the mean as keras.datasets.mnist.load_data() has
   * them.
   */
  @Test
  void readsWhatKerasReads() {
    Dataset train = load(MnistSource.Split.TRAIN);
    INDArray x = Objects.requireNonNull(train.inputs().get("x"));
    INDArray y = train.targets().get(0);
    assertEquals(DataType.UINT8, x.dataType());
    assertArrayEquals(new long[] {60000, 28, 28}, x.shape());
    assertArrayEquals(new long[] {60000}, y.shape());
    assertTrue(y.dataType().isIntType());
    long[] first = new long[10];
    long[] counts = new long[10];
    for (int i = 0; i < 60000; i++) {
      if (i < 10) {
        first[i] = y.getLong(i);
      }
      counts[(int) y.getLong(i)]++;
    }
    assertArrayEquals(new long[] {5, 0, 4, 1, 9, 2, 1, 3, 1, 4}, first);
    assertArrayEquals(
        new long[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}, counts);
    // The mean that half of all programs for MNIST normalise with: 0.1307 of 255.
    assertEquals(0.1307, x.castTo(DataType.DOUBLE).meanNumber().doubleValue() / 255, 5e-5);

    Dataset test = load(MnistSource.Split.TEST);
    assertArrayEquals(
        new long[] {10000, 28, 28}, Objects.requireNonNull(test.inputs().get("x")).shape());
    assertEquals(7, test.targets().get(0).getLong(0));
  }

  @Test
  void readsAndRescalesQuickly() {
    load(MnistSource.Split.TEST);
    long start = System.nanoTime();
    Dataset train = load(MnistSource.Split.TRAIN);
    new Rescale(new Rescale.Config(1.0 / 255, 0)).apply(train, Precision.FLOAT32);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // Well under a second on an idle machine; the bound only catches reading element by element.
    assertTrue(took.toSeconds() < 10, took.toString());
  }

  @Test
  void aDamagedFileIsNamed() {
    DataException e =
        assertThrows(
            DataException.class,
            () ->
                MnistSource.requireChecksum(
                    new byte[0], "00", "mnist: train-images-idx3-ubyte.gz"));
    assertEquals(
        "mnist: train-images-idx3-ubyte.gz: damaged: SHA-256"
            + " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, expected 00;"
            + " install Rondo anew",
        e.getMessage());
  }

  private static Dataset load(MnistSource.Split split) {
    return new MnistSource.Provider()
        .create(new MnistSource.Config(split), Semantics.KERAS3)
        .load(Path.of(""));
  }
}
