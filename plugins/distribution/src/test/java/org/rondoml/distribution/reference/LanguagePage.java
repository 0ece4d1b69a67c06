package org.rondoml.distribution.reference;

import java.util.List;
import org.rondoml.dsl.reference.ComponentReference;
import org.rondoml.dsl.reference.SectionReference;
import org.rondoml.dsl.specification.InputShape;

/** The page of the language's own sections, as Markdown. */
final class LanguagePage {
  private static final String INTRODUCTION =
      """
      # The model file

      One YAML document: what Rondo trains, on which data, and how. Keys are Keras' own argument names. All
      mistakes are told before anything runs, `model.yaml:12:9: model.layers[1].LSTM.unitz: unknown key (did
      you mean 'units'?)`, and `rondo schema -o model.schema.json` lets an editor complete and check a file
      that begins with `# yaml-language-server: $schema=model.schema.json`.

      A **component** ([all of them](../plugins/REFERENCE.md)) is written as its name, `Flatten`; with keys,
      `LSTM: {units: 64}`; with the value of its first key, `Dropout: 0.2`; or as Keras does,
      `{class_name: LSTM, config: {units: 64}}`. A **number** may be a fraction, `1/255`, or have an exponent,
      `1e-4`. A **shape** is a list of sizes, `[28, 28]`, with `null` where only the data tells.

      This page is made from the records that the file is read into; [CONTRIBUTING.md](../CONTRIBUTING.md)
      tells how.
      """;

  private static final String LAYERS = "model.layers[]";

  private final List<SectionReference> sections;

  LanguagePage(List<SectionReference> sections) {
    this.sections = sections;
  }

  String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (SectionReference section : sections) {
      String title = section.path().isEmpty() ? "The file" : "`" + section.path() + "`";
      page.append("\n## ").append(title).append("\n\n");
      page.append(KeyTable.escaped(section.description())).append('\n');
      KeyTable.append(section.keys().stream().map(key -> named(section, key)).toList(), page);
      if (section.path().equals(LAYERS)) {
        page.append("\nAmong the keys of a layer may also be `").append(InputShape.KEY);
        page.append("`: ").append(InputShape.DESCRIPTION).append(".\n");
      }
    }
    return page.toString();
  }

  /** The key, called a section where it is one. */
  private ComponentReference.Key named(SectionReference section, ComponentReference.Key key) {
    String path = section.path().isEmpty() ? key.name() : section.path() + "." + key.name();
    return sections.stream().anyMatch(inner -> inner.path().equals(path))
        ? new ComponentReference.Key(
            key.name(),
            "section",
            key.nullable(),
            key.required(),
            key.defaults(),
            key.defaultsBySemantics(),
            key.range(),
            key.description(),
            key.alias())
        : key;
  }
}
