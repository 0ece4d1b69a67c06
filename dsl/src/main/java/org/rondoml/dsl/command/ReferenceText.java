package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.rondoml.dsl.reference.ComponentReference;

/** What there is to know of a component, for people at a terminal. */
final class ReferenceText {
  private static final int WIDTH = 100;

  private final ComponentReference reference;

  ReferenceText(ComponentReference reference) {
    this.reference = reference;
  }

  void print(PrintWriter out) {
    List<String> names = reference.names();
    out.println(
        reference.id()
            + ", "
            + reference.kind()
            + (names.isEmpty() ? "" : ", also " + String.join(", ", names)));
    if (!reference.description().isEmpty()) {
      BrokenLines.of(reference.description(), WIDTH).forEach(out::println);
    }
    out.println("from " + reference.jar());
    print(reference.keys(), out);
    if (!reference.commonKeys().isEmpty()) {
      out.println();
      out.println("Every " + reference.kind() + " also has");
      print(reference.commonKeys(), out);
    }
    String example = reference.example();
    if (example != null) {
      out.println();
      out.println("In a model file:");
      out.println();
      example.lines().forEach(line -> out.println("    " + line));
    }
    String more = reference.reference();
    if (more != null) {
      out.println();
      out.println(more.stripTrailing());
    }
  }

  private static void print(List<ComponentReference.Key> keys, PrintWriter out) {
    if (keys.isEmpty()) {
      return;
    }
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Key", "Type", "Default", "Meaning"));
    keys.forEach(key -> rows.add(row(key)));
    TextTable.within(WIDTH, rows).print(out);
  }

  private static List<String> row(ComponentReference.Key key) {
    String defaults = key.defaults();
    String range = key.range();
    return List.of(
        key.name(),
        key.type(),
        defaults == null ? "required" : defaults,
        range == null ? key.description() : key.description() + " (" + range + ")");
  }
}
