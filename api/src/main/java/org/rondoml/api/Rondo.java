package org.rondoml.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The way in for programs:
 *
 * <pre>{@code
 * try (Model model = Rondo.open(Path.of("model.yaml"))) {
 *   History history = model.fit();
 * }
 * }</pre>
 */
public final class Rondo {
  private Rondo() {}

  /**
   * Makes models from model files; found by {@link ServiceLoader}, so this module knows no engine.
   */
  public interface ModelOpener {
    /**
     * The model that the files describe, later files laid over earlier ones.
     *
     * @param overrides values to set, by path such as {@code compile.optimizer.Adam.learning_rate}
     * @throws ModelFileException where the files have mistakes
     */
    Model open(List<Path> files, Map<String, String> overrides);
  }

  /**
   * The model that the files describe, later files laid over earlier ones, with fresh weights.
   *
   * @throws ModelFileException where the files have mistakes
   */
  public static Model open(Path... files) {
    return open(List.of(files), Map.of());
  }

  /**
   * The model that the files describe, with single values set.
   *
   * @throws ModelFileException where the files or the values have mistakes
   */
  public static Model open(List<Path> files, Map<String, String> overrides) {
    return ServiceLoader.load(ModelOpener.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "no engine on the class path: add org.rondoml:rondo-distribution to it"))
        .open(files, overrides);
  }
}
