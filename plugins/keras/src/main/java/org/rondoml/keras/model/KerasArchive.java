package org.rondoml.keras.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Node;
import org.rondoml.core.exchange.ForeignModel;
import org.rondoml.core.exchange.ForeignWeights;
import org.rondoml.core.exchange.ModelFormat;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.registry.Registry;

/**
 * The archive of Keras' {@code model.save("model.keras")}: a zip file with the model's JSON, its
 * weights as {@code .weights.h5}, and the version of Keras that wrote it. Archives are only read.
 *
 * <p>Source: Keras, {@code keras/src/saving/saving_lib.py}.
 */
public final class KerasArchive implements ModelFormat {
  private static final String CONFIG = "config.json";
  private static final String METADATA = "metadata.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** A model's JSON is small; a larger one is none, or made to do harm. */
  private static final int MAX_JSON = 1 << 28;

  /** The format. */
  public KerasArchive() {}

  @Override
  public String suffix() {
    return ".keras";
  }

  @Override
  public boolean canRead() {
    return true;
  }

  @Override
  public ForeignModel read(
      Path file, @Nullable Semantics semantics, boolean compiled, Registry registry) {
    DataFiles.requireFile(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonDocument json = JsonDocument.of(file + "!" + CONFIG, bytes(file, zip, CONFIG));
      Node metadata = JsonDocument.of(file + "!" + METADATA, bytes(file, zip, METADATA)).root();
      String version =
          metadata instanceof Node.Mapping about
                  && about.get("keras_version") instanceof Node.Scalar written
              ? written.text()
              : null;
      Semantics whose = semantics == null ? Generation.of(json.root(), version) : semantics;
      Node.Mapping document = ModelReader.read(json.root(), whose, compiled, registry);
      ForeignWeights weights = zip.getEntry(WEIGHTS) == null ? null : new Weights(file);
      return new ForeignModel(document, json.paths(), weights);
    } catch (ZipException e) {
      throw new DataException(
          file + ": no archive of Keras: " + e.getMessage() + "; expected what model.save writes",
          e);
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  private static byte[] bytes(Path file, ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new DataException(
          file + ": has no " + name + "; expected what Keras' model.save writes");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MAX_JSON);
      if (bytes.length == MAX_JSON) {
        throw new DataException(file + ": its " + name + " is too large");
      }
      return bytes;
    }
  }

  /**
   * The weights in an archive.
   *
   * @param archive the archive
   */
  private record Weights(Path archive) implements ForeignWeights {
    @Override
    public String suffix() {
      return ".weights.h5";
    }

    @Override
    public void write(Path file) throws IOException {
      try (ZipFile zip = new ZipFile(archive.toFile());
          InputStream in = zip.getInputStream(zip.getEntry(WEIGHTS))) {
        Files.copy(in, file);
      }
    }
  }

  /** Brings the format. */
  public static final class Provider implements ModelFormat.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "keras";
    }

    @Override
    public ModelFormat create(NoConfig config, Semantics semantics) {
      return new KerasArchive();
    }
  }
}
