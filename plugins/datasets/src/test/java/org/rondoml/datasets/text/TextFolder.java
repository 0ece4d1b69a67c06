package org.rondoml.datasets.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;

/** A folder with a text in it, {@code t.txt}, and what is read from it. */
record TextFolder(Path folder) {
  static TextFolder with(Path folder, String content) {
    return with(folder, content.getBytes(StandardCharsets.UTF_8));
  }

  static TextFolder with(Path folder, byte[] content) {
    TextFolder text = new TextFolder(folder);
    try {
      Files.write(text.file(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text;
  }

  Path file() {
    return folder.resolve("t.txt");
  }

  /** The samples, read as a model file's keys say. */
  Dataset load(Map<String, ?> keys) {
    return source(keys).load(folder);
  }

  static DataSource source(Map<String, ?> keys) {
    Map<String, Object> all = new HashMap<>(keys);
    all.putIfAbsent("path", "t.txt");
    return Registry.of(List.of(new TextSource.Provider()))
        .create(DataSource.class, "text", all, Semantics.KERAS3);
  }

  static INDArray x(Dataset data) {
    return data.inputs().get("x");
  }

  static INDArray y(Dataset data) {
    return data.targets().get(0);
  }

  static List<String> vocabulary(Dataset data) {
    return data.classes().get("token");
  }
}
