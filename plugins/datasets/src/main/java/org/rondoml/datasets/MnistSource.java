package org.rondoml.datasets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * The MNIST database of handwritten digits by Yann LeCun, Corinna Cortes and Christopher J. C.
 * Burges (CC BY-SA 3.0; see {@code mnist/LICENSE.txt} beside this class): {@code x} of shape
 * (samples, 28, 28) with bytes 0 to 255, {@code y} of shape (samples) with the digits 0 to 9, as
 * {@code keras.datasets.mnist.load_data()} gives them. It lies in the jar, so nothing is fetched.
 */
public final class MnistSource implements DataSource {
  private final Split split;

  /** Which of the two parts. */
  public enum Split {
    /** 60,000 samples. */
    TRAIN(
        "train-images-idx3-ubyte.gz",
        "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971",
        "train-labels-idx1-ubyte.gz",
        "1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203"),
    /** 10,000 samples. */
    TEST(
        "t10k-images-idx3-ubyte.gz",
        "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be",
        "t10k-labels-idx1-ubyte.gz",
        "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b");

    private final String images;
    private final String imagesSha256;
    private final String labels;
    private final String labelsSha256;

    Split(String images, String imagesSha256, String labels, String labelsSha256) {
      this.images = images;
      this.imagesSha256 = imagesSha256;
      this.labels = labels;
      this.labelsSha256 = labelsSha256;
    }
  }

  /**
   * The keys.
   *
   * @param split which of the two parts
   */
  @Description(
      "The MNIST database of handwritten digits: images of 28 x 28 bytes, and their digits.")
  @Example("mnist: {split: train}")
  public record Config(
      @Default("train")
          @Description("The 60,000 samples to train with, or the 10,000 to test with.")
          Split split) {}

  /** A source with these keys. */
  public MnistSource(Config config) {
    this.split = config.split();
  }

  @Override
  public Dataset load(Path directory) {
    INDArray x = read(split.images, split.imagesSha256);
    INDArray y = read(split.labels, split.labelsSha256);
    return new Dataset(Map.of("x", x), List.of(y), null, "mnist");
  }

  private static INDArray read(String name, String sha256) {
    String where = "mnist: " + name;
    try (InputStream in = MnistSource.class.getResourceAsStream("mnist/" + name)) {
      if (in == null) {
        throw new DataException(where + ": missing from the jar of Rondo's datasets");
      }
      byte[] packed = in.readAllBytes();
      requireChecksum(packed, sha256, where);
      return IdxFormat.read(new ByteArrayInputStream(packed), packed.length, where);
    } catch (IOException e) {
      throw new DataException(where + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static void requireChecksum(byte[] bytes, String sha256, String where) {
    String found = sha256(bytes);
    if (!found.equals(sha256)) {
      throw new DataException(
          where + ": damaged: SHA-256 " + found + ", expected " + sha256 + "; install Rondo anew");
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Brings the source. */
  public static final class Provider implements DataSource.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "mnist";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public DataSource create(Config config, Semantics semantics) {
      return new MnistSource(config);
    }
  }
}
