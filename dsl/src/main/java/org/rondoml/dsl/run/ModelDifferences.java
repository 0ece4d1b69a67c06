package org.rondoml.dsl.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Node;
import org.rondoml.dsl.specification.Specification;

/**
 * What differs between two model files, by path; defaults are written out before they are compared.
 */
public final class ModelDifferences {
  /** A run may be resumed to train longer. */
  private static final Set<String> FREE = Set.of("fit.epochs");

  private final List<String> found = new ArrayList<>();

  private ModelDifferences() {}

  /**
   * What stands in the way of going on with a run: {@code compile.optimizer.Adam.learning_rate: the
   * run has 0.001, the model file 0.01}.
   */
  public static List<String> between(Specification run, Specification model) {
    ModelDifferences differences = new ModelDifferences();
    differences.compare("", run.resolved(), model.resolved());
    return differences.found;
  }

  private void compare(String path, @Nullable Node run, @Nullable Node model) {
    if (FREE.contains(path)) {
      return;
    }
    if (run instanceof Node.Mapping a && model instanceof Node.Mapping b) {
      Set<String> keys = new LinkedHashSet<>(a.keys());
      keys.addAll(b.keys());
      for (String key : keys) {
        compare(path.isEmpty() ? key : path + "." + key, a.get(key), b.get(key));
      }
    } else if (run instanceof Node.Sequence a
        && model instanceof Node.Sequence b
        && a.items().size() == b.items().size()) {
      for (int i = 0; i < a.items().size(); i++) {
        compare(path + "[" + i + "]", a.items().get(i), b.items().get(i));
      }
    } else if (!text(run).equals(text(model))) {
      found.add(path + ": the run has " + text(run) + ", the model file " + text(model));
    }
  }

  private static String text(@Nullable Node node) {
    if (node == null) {
      return "nothing";
    }
    if (node instanceof Node.Scalar scalar) {
      return scalar.isNull() ? "null" : scalar.text();
    }
    if (node instanceof Node.Sequence sequence) {
      return sequence.items().stream().map(ModelDifferences::text).toList().toString();
    }
    return node instanceof Node.Mapping mapping ? mapping.keys().toString() : "a mistake";
  }
}
