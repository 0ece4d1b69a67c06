package org.rondoml.datasets.csv;

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

/** A file to read, and what is read from it. */
final class TableFile {
  private final Path file;

  TableFile(Path folder, String content) {
    this(folder, content.getBytes(StandardCharsets.UTF_8));
  }

  TableFile(Path folder, byte[] content) {
    this.file = folder.resolve("t.csv");
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return file;
  }

  /** The samples, read as a model file's keys say. */
  Dataset load(Map<String, ?> keys) {
    return source(keys).load(file.getParent());
  }

  static DataSource source(Map<String, ?> keys) {
    Map<String, Object> all = new HashMap<>(keys);
    all.putIfAbsent("path", "t.csv");
    return Registry.of(List.of(new CsvSource.Provider()))
        .create(DataSource.class, "csv", all, Semantics.KERAS3);
  }

  static INDArray x(Dataset data) {
    return data.inputs().get("x");
  }

  static INDArray y(Dataset data) {
    return data.targets().get(0);
  }
}
