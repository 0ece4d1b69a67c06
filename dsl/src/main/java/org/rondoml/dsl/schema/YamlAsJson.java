package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.rondoml.core.config.Node;

/**
 * A document as JSON, the way an editor has it before it validates: single values mean what the
 * core schema of YAML 1.2 says, whatever key they belong to.
 */
public final class YamlAsJson {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern BASED = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private YamlAsJson() {}

  /**
   * The JSON of a document.
   *
   * @throws IllegalArgumentException where the document has mistakes that are no YAML
   */
  public static JsonNode of(Node node) {
    if (node instanceof Node.Mapping mapping) {
      ObjectNode object = NODES.objectNode();
      mapping.entries().forEach(entry -> object.set(entry.key(), of(entry.value())));
      return object;
    }
    if (node instanceof Node.Sequence sequence) {
      ArrayNode array = NODES.arrayNode();
      sequence.items().forEach(item -> array.add(of(item)));
      return array;
    }
    if (node instanceof Node.Scalar scalar) {
      return scalar(scalar);
    }
    throw new IllegalArgumentException("a document with mistakes has no JSON");
  }

  private static JsonNode scalar(Node.Scalar scalar) {
    String text = scalar.text();
    if (scalar.isNull()) {
      return NODES.nullNode();
    }
    if (scalar.quoted()) {
      return NODES.textNode(text);
    }
    if (TRUE.matcher(text).matches() || FALSE.matcher(text).matches()) {
      return NODES.booleanNode(TRUE.matcher(text).matches());
    }
    if (INTEGER.matcher(text).matches()) {
      return NODES.numberNode(new BigInteger(text));
    }
    if (BASED.matcher(text).matches()) {
      return NODES.numberNode(new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
    }
    return FLOAT.matcher(text).matches()
        ? NODES.numberNode(new BigDecimal(text))
        : NODES.textNode(text);
  }
}
