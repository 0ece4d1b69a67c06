package org.rondoml.distribution.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rondoml.dsl.reference.ComponentReference;

/** The page of all components, by kind, as Markdown. */
final class ReferencePage {
  /** The order of the kinds, and what several are called; others follow. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("layer", "Layers");
    KINDS.put("activation", "Activations");
    KINDS.put("initializer", "Initializers");
    KINDS.put("regularizer", "Regularizers");
    KINDS.put("constraint", "Constraints");
    KINDS.put("loss", "Losses");
    KINDS.put("metric", "Metrics");
    KINDS.put("optimizer", "Optimizers");
    KINDS.put("schedule", "Schedules");
    KINDS.put("callback", "Callbacks");
    KINDS.put("source", "Data sources");
    KINDS.put("transform", "Transforms");
    KINDS.put("exporter", "Weight files");
    KINDS.put("format", "Model files of others");
  }

  private static final String INTRODUCTION =
      """
      # Components

      Everything that a model file can name, with what Rondo brings: keys, types, ranges, defaults, update
      rules and sources. The same for one component is printed by `rondo plugins LSTM`. A component goes by
      its name here, by its name in snake_case (`simple_rnn`), and by the other names that it lists. The
      first key is the one meant by `Dense: 10`. Where defaults differ between the generations of Keras,
      `semantics` chooses. The file around them: [the language](../dsl/LANGUAGE.md).

      This page is made from the config records and the Javadoc of the components' classes;
      [CONTRIBUTING.md](../CONTRIBUTING.md) tells how.
      """;

  private final List<ComponentReference> components;

  ReferencePage(List<ComponentReference> components) {
    this.components =
        components.stream().sorted(Comparator.comparing(ComponentReference::id)).toList();
  }

  String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    Map<String, String> kinds = new LinkedHashMap<>(KINDS);
    components.forEach(c -> kinds.putIfAbsent(c.kind(), plural(c.kind())));
    page.append('\n');
    kinds.forEach((kind, title) -> contents(kind, title, page));
    kinds.forEach((kind, title) -> section(kind, title, page));
    return page.toString();
  }

  private static String plural(String kind) {
    return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + "s";
  }

  private List<ComponentReference> of(String kind) {
    return components.stream().filter(c -> c.kind().equals(kind)).toList();
  }

  private void contents(String kind, String title, StringBuilder page) {
    List<ComponentReference> all = of(kind);
    if (all.isEmpty()) {
      return;
    }
    List<String> links =
        all.stream().map(c -> "[" + c.id() + "](#" + anchor(kind, c) + ")").toList();
    page.append("- **").append(title).append("**: ");
    page.append(String.join(", ", links)).append('\n');
  }

  private static String anchor(String kind, ComponentReference component) {
    return kind + "-" + component.id().replace('/', '-');
  }

  private void section(String kind, String title, StringBuilder page) {
    List<ComponentReference> all = of(kind);
    if (all.isEmpty()) {
      return;
    }
    page.append("\n## ").append(title).append('\n');
    List<ComponentReference.Key> common = all.get(0).commonKeys();
    if (!common.isEmpty()) {
      page.append("\nEvery ").append(kind).append(" has these keys besides its own:\n");
      KeyTable.append(common, page);
    }
    for (ComponentReference component : all) {
      page.append("\n<a id=\"").append(anchor(kind, component)).append("\"></a>\n\n");
      page.append("### ").append(component.id()).append("\n\n");
      sentence(component).ifPresent(line -> page.append(line).append('\n'));
      if (!component.keys().isEmpty()) {
        KeyTable.append(component.keys(), page);
      }
      String example = component.example();
      if (example != null) {
        page.append("\n```yaml\n").append(example).append("\n```\n");
      }
      String text = component.reference();
      if (text != null) {
        page.append('\n').append(text);
      }
    }
  }

  private static Optional<String> sentence(ComponentReference component) {
    List<String> parts = new ArrayList<>();
    if (!component.description().isEmpty()) {
      parts.add(KeyTable.escaped(component.description()));
    }
    if (!component.names().isEmpty()) {
      parts.add("Also `" + String.join("`, `", component.names()) + "`.");
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }
}
