package org.rondoml.dsl.language;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.rondoml.core.config.Node;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/**
 * Writes a document as YAML that {@link StrictYaml} reads back as the same: a line a key, lists of
 * plain values on one line.
 */
public final class YamlText {
  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_/.-]*");

  private final Emitter emitter;

  private YamlText(Emitter emitter) {
    this.emitter = emitter;
  }

  /** The text of a document. */
  public static String of(Node document) {
    DumperOptions options = new DumperOptions();
    options.setWidth(100);
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    StringWriter text = new StringWriter();
    YamlText writer = new YamlText(new Emitter(text, options));
    try {
      writer.document(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Whether a value takes lines of its own: a map with keys, or a list of more than plain values.
   */
  static boolean isBlock(Node node) {
    return node instanceof Node.Mapping mapping
        ? !mapping.entries().isEmpty()
        : node instanceof Node.Sequence sequence
            && !sequence.items().stream().allMatch(Node.Scalar.class::isInstance);
  }

  private void document(Node root) throws IOException {
    emitter.emit(new StreamStartEvent(null, null));
    emitter.emit(new DocumentStartEvent(null, null, false, null, null));
    node(root);
    emitter.emit(new DocumentEndEvent(null, null, false));
    emitter.emit(new StreamEndEvent(null, null));
  }

  private void node(Node node) throws IOException {
    if (node instanceof Node.Mapping mapping) {
      emitter.emit(
          new MappingStartEvent(
              null, null, true, null, null, isBlock(mapping) ? FlowStyle.BLOCK : FlowStyle.FLOW));
      for (Node.Entry entry : mapping.entries()) {
        scalar(entry.key(), !PLAIN_KEY.matcher(entry.key()).matches());
        node(entry.value());
      }
      emitter.emit(new MappingEndEvent(null, null));
    } else if (node instanceof Node.Sequence sequence) {
      emitter.emit(
          new SequenceStartEvent(
              null, null, true, null, null, isBlock(sequence) ? FlowStyle.BLOCK : FlowStyle.FLOW));
      for (Node item : sequence.items()) {
        node(item);
      }
      emitter.emit(new SequenceEndEvent(null, null));
    } else if (node instanceof Node.Scalar scalar) {
      scalar(scalar.text(), scalar.quoted());
    } else {
      throw new IllegalArgumentException("a document with mistakes can't be written");
    }
  }

  private void scalar(String text, boolean quoted) throws IOException {
    emitter.emit(
        new ScalarEvent(
            null,
            null,
            IMPLICIT,
            text,
            null,
            null,
            quoted ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN));
  }
}
