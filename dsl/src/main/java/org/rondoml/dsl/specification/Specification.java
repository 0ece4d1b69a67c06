package org.rondoml.dsl.specification;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Precision;
import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.graph.Graph;
import org.rondoml.dsl.language.YamlText;

/**
 * A checked model file.
 *
 * @param file the first of the files, as the user named it
 * @param name the model's name
 * @param semantics whose defaults and arithmetic
 * @param seed the seed; null where it is to be drawn, and recorded by {@link #withSeed}
 * @param precision the floating-point format
 * @param data the {@code data} section, or null
 * @param graph the {@code model} section, or null
 * @param compilation the {@code compile} section, or null
 * @param fit the {@code fit} section
 * @param resolved the document with every default written out
 * @param warnings what can be used but is doubtful
 */
public record Specification(
    Path file,
    String name,
    Semantics semantics,
    @Nullable Long seed,
    Precision precision,
    @Nullable DataSection data,
    @Nullable Graph graph,
    @Nullable Compilation compilation,
    FitSection fit,
    Node.Mapping resolved,
    List<Problem> warnings) {
  /** Where a drawn seed comes from. */
  private static final Location DRAWN = new Location("drawn", 0, 0);

  /** Copies the list. */
  public Specification {
    warnings = List.copyOf(warnings);
  }

  /** What relative paths in the file are relative to: its folder. */
  public Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  /**
   * The data section.
   *
   * @throws ModelFileException where there is none
   */
  public DataSection requireData() {
    return require(data, "data", "train: {...}");
  }

  /**
   * The model.
   *
   * @throws ModelFileException where there is none
   */
  public Graph requireGraph() {
    return require(graph, "model", "layers: [...]");
  }

  /**
   * Optimizer, losses and metrics.
   *
   * @throws ModelFileException where there are none
   */
  public Compilation requireCompilation() {
    return require(compilation, "compile", "optimizer: ..., loss: ...");
  }

  private <T> T require(@Nullable T section, String key, String content) {
    if (section == null) {
      throw new ModelFileException(
          List.of(
              new Problem(
                  file.toString(),
                  0,
                  0,
                  "",
                  "missing section '" + key + "', which this needs: " + key + ": {" + content + "}",
                  Problem.Severity.ERROR)));
    }
    return section;
  }

  /** This specification with a drawn seed, recorded in the resolved document. */
  public Specification withSeed(long drawn) {
    Node.Mapping recorded =
        resolved.with(new Node.Entry("seed", DRAWN, Node.plain(DRAWN, Long.toString(drawn))));
    return new Specification(
        file, name, semantics, drawn, precision, data, graph, compilation, fit, recorded, warnings);
  }

  /** The resolved document as YAML, which reads back to the same. */
  public String resolvedText() {
    return YamlText.of(resolved);
  }
}
