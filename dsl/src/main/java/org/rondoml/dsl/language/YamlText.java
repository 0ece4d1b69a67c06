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
 * plain values on one line; or as a person would, with what fits on a line in one.
 */
public final class YamlText {
  private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_/.-]*");

  /** The longest line that several keys share. */
  private static final int WIDTH = 100;

  /** Maps nearer to the top have a line for each of their keys. */
  private static final int SECTIONS = 2;

  private final Emitter emitter;
  private final boolean compact;

  private YamlText(Emitter emitter, boolean compact) {
    this.emitter = emitter;
    this.compact = compact;
  }

  /** The text of a document, with a line for each key. */
  public static String of(Node document) {
    return text(document, false, false);
  }

  /** The text of a document, with maps below its sections on one line where they fit. */
  public static String compact(Node document) {
    return text(document, true, false);
  }

  /** The text of a piece of a document, all on one line. */
  public static String line(Node node) {
    return text(node, true, true).strip();
  }

  private static String text(Node document, boolean compact, boolean inFlow) {
    DumperOptions options = new DumperOptions();
    options.setWidth(100);
    options.setSplitLines(false);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    StringWriter text = new StringWriter();
    YamlText writer = new YamlText(new Emitter(text, options), compact);
    try {
      writer.document(document, inFlow);
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

  private void document(Node root, boolean inFlow) throws IOException {
    emitter.emit(new StreamStartEvent(null, null));
    emitter.emit(new DocumentStartEvent(null, null, false, null, null));
    node(root, 0, false, inFlow);
    emitter.emit(new DocumentEndEvent(null, null, false));
    emitter.emit(new StreamEndEvent(null, null));
  }

  /**
   * Writes a node.
   *
   * @param depth how many maps and lists it is in
   * @param item whether it is an item of a list, whose dash has a line of its own
   * @param inFlow whether it is in something on one line
   */
  private void node(Node node, int depth, boolean item, boolean inFlow) throws IOException {
    if (node instanceof Node.Mapping mapping) {
      boolean fits = compact && !item && depth >= SECTIONS && 3 * depth + length(node) <= WIDTH;
      boolean flow = inFlow || fits || !isBlock(mapping);
      emitter.emit(
          new MappingStartEvent(
              null, null, true, null, null, flow ? FlowStyle.FLOW : FlowStyle.BLOCK));
      for (Node.Entry entry : mapping.entries()) {
        scalar(entry.key(), !PLAIN_KEY.matcher(entry.key()).matches());
        node(entry.value(), depth + 1, false, flow);
      }
      emitter.emit(new MappingEndEvent(null, null));
    } else if (node instanceof Node.Sequence sequence) {
      boolean flow = inFlow || !isBlock(sequence);
      emitter.emit(
          new SequenceStartEvent(
              null, null, true, null, null, flow ? FlowStyle.FLOW : FlowStyle.BLOCK));
      for (Node each : sequence.items()) {
        node(each, depth + 1, true, flow);
      }
      emitter.emit(new SequenceEndEvent(null, null));
    } else if (node instanceof Node.Scalar scalar) {
      scalar(scalar.text(), scalar.quoted());
    } else {
      throw new IllegalArgumentException("a document with mistakes can't be written");
    }
  }

  /** About how long a node is on one line. */
  private static int length(Node node) {
    if (node instanceof Node.Mapping mapping) {
      return mapping.entries().stream()
          .mapToInt(e -> e.key().length() + 4 + length(e.value()))
          .sum();
    }
    if (node instanceof Node.Sequence sequence) {
      return 2 + sequence.items().stream().mapToInt(each -> 2 + length(each)).sum();
    }
    return node instanceof Node.Scalar scalar ? scalar.text().length() : 0;
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
