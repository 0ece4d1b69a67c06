package org.rondoml.keras.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Problem;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;

/**
 * A JSON text with the place of everything in it.
 *
 * @param root the document
 * @param paths what stands at each place, {@code config.layers[1].config.units}
 */
record JsonDocument(Node root, Map<Location, String> paths) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Python writes what is not finite as no other JSON has it.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** Copies the map. */
  JsonDocument {
    paths = Map.copyOf(paths);
  }

  /**
   * Reads a text.
   *
   * @param file the file, for messages
   * @throws ModelFileException where it is no JSON
   */
  static JsonDocument of(String file, byte[] json) {
    Map<Location, String> paths = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(new String(json, StandardCharsets.UTF_8))) {
      if (parser.nextToken() == null) {
        throw mistake(file, 0, 0, "the file is empty; expected the text of model.to_json()");
      }
      Node root = node(parser, file, "", paths);
      if (parser.nextToken() != null) {
        Location at = at(parser, file);
        throw mistake(file, at.line(), at.column(), "more text after the end of the JSON");
      }
      return new JsonDocument(root, paths);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw mistake(
          file,
          at == null ? 0 : at.getLineNr(),
          at == null ? 0 : at.getColumnNr(),
          "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelFileException mistake(String file, int line, int column, String message) {
    return new ModelFileException(
        List.of(new Problem(file, line, column, "", message, Problem.Severity.ERROR)));
  }

  private static Location at(JsonParser parser, String file) {
    JsonLocation at = parser.currentTokenLocation();
    return new Location(file, at.getLineNr(), at.getColumnNr());
  }

  private static Node node(JsonParser parser, String file, String path, Map<Location, String> paths)
      throws IOException {
    Location at = at(parser, file);
    paths.put(at, path);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      List<Node.Entry> entries = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        Location keyAt = at(parser, file);
        parser.nextToken();
        String below = path.isEmpty() ? key : path + "." + key;
        paths.put(keyAt, below);
        entries.add(new Node.Entry(key, keyAt, node(parser, file, below, paths)));
      }
      return new Node.Mapping(at, entries);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(parser, file, path + "[" + items.size() + "]", paths));
      }
      return new Node.Sequence(at, items);
    }
    return new Node.Scalar(at, parser.getText(), token == JsonToken.VALUE_STRING);
  }
}
