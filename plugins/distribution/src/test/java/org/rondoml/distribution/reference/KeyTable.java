package org.rondoml.distribution.reference;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.dsl.reference.ComponentReference;

/** Keys as a table of Markdown. */
final class KeyTable {
  private KeyTable() {}

  static void append(List<ComponentReference.Key> keys, StringBuilder page) {
    page.append("\n| key | type | default | meaning |\n|---|---|---|---|\n");
    for (ComponentReference.Key key : keys) {
      page.append("| `").append(key.name()).append("` | ");
      page.append(escaped(key.type())).append(" | ");
      page.append(defaults(key)).append(" | ");
      page.append(escaped(key.description()));
      page.append(key.range() == null ? "" : " (" + escaped(key.range()) + ")").append(" |\n");
    }
  }

  /** The default; one for each generation where they differ. */
  private static String defaults(ComponentReference.Key key) {
    if (key.required()) {
      return "required";
    }
    List<String> values = key.defaultsBySemantics().values().stream().distinct().toList();
    if (values.size() == 1) {
      return code(values.get(0));
    }
    List<String> each = new ArrayList<>();
    key.defaultsBySemantics()
        .forEach((semantics, value) -> each.add(semantics + ": " + code(value)));
    return String.join("<br>", each);
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  /** Text that Markdown leaves as it is in a table. */
  static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("_", "\\_").replace("*", "\\*");
  }
}
