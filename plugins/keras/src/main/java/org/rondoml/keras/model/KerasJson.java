package org.rondoml.keras.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Node;
import org.rondoml.core.exchange.ForeignModel;
import org.rondoml.core.exchange.ModelDescription;
import org.rondoml.core.exchange.ModelFormat;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.registry.Registry;

/**
 * The JSON of Keras' {@code model.to_json()}, as {@code keras.models.model_from_json} reads it: the
 * layers with their arguments, and how they are connected, without weights. For {@code semantics:
 * keras3} it is that of Keras 3, else that of tf_keras and older ones.
 *
 * <p>Source: Keras, {@code keras/src/saving/serialization_lib.py}, {@code
 * keras/src/models/functional.py}, {@code sequential.py}; tf_keras, {@code engine/functional.py}.
 */
public final class KerasJson implements ModelFormat {
  /** The format. */
  public KerasJson() {}

  @Override
  public String suffix() {
    return ".json";
  }

  @Override
  public boolean canRead() {
    return true;
  }

  @Override
  public ForeignModel read(
      Path file, @Nullable Semantics semantics, boolean compiled, Registry registry) {
    DataFiles.requireFile(file);
    JsonDocument json;
    try {
      json = JsonDocument.of(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
    Semantics whose = semantics == null ? Generation.of(json.root(), null) : semantics;
    Node.Mapping document = ModelReader.read(json.root(), whose, compiled, registry);
    return new ForeignModel(document, json.paths(), null);
  }

  @Override
  public boolean canWrite() {
    return true;
  }

  @Override
  public void write(Path file, ModelDescription model, Registry registry) {
    try {
      Files.write(file, ModelWriter.text(model, registry).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Brings the format. */
  public static final class Provider implements ModelFormat.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "json";
    }

    @Override
    public ModelFormat create(NoConfig config, Semantics semantics) {
      return new KerasJson();
    }
  }
}
