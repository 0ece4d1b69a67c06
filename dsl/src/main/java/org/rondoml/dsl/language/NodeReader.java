package org.rondoml.dsl.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes nodes of the events of a YAML parser: below the level where YAML gives meaning to plain words, so {@code no} stays a word and
 * {@code 010} a text for whoever asked for it.
 */
final class NodeReader {
  private static final int DEEPEST = 64;
  private static final int LONGEST_SCALAR = 1 << 16;

  private final String file;
  private final Parser parser;
  private final Problems problems;
  private int depth;

  NodeReader(String file, String text, Problems problems) {
    this.file = file;
    this.parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    this.problems = problems;
  }

  /** The one document. */
  Node read() throws YamlMistake {
    try {
      parser.getEvent(); // start of the stream
      Event start = parser.getEvent();
      if (!(start instanceof DocumentStartEvent document)) {
        throw new YamlMistake(
            new Location(file, 1, 1), "the file is empty; a model file begins with rondo: 1");
      }
      refuseDirectives(document);
      Node root = node(parser.getEvent(), Place.root(new Location(file, 1, 1)));
      parser.getEvent(); // end of the document
      Event next = parser.getEvent();
      if (next instanceof DocumentStartEvent) {
        problems.error(
            Place.root(location(next)), "a second document; a model file is one document");
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw new YamlMistake(location(e.getProblemMark()), syntax(e));
    } catch (YAMLException e) {
      throw new YamlMistake(new Location(file, 0, 0), "not YAML: " + e.getMessage());
    }
  }

  private void refuseDirectives(DocumentStartEvent document) {
    if (document.getVersion() != null || (document.getTags() != null && !document.getTags().isEmpty())) {
      problems.error(Place.root(location(document)), "a % directive; leave it out");
    }
  }

  private Node node(Event event, Place place) throws YamlMistake {
    Location at = location(event);
    Place here = new Place(at, place.path());
    if (event instanceof AliasEvent alias) {
      problems.error(
          here, "the alias *" + alias.getAnchor() + "; aliases are not allowed: write the value out");
      return new Node.Invalid(at);
    }
    refuseAnchorAndTag((NodeEvent) event, here);
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, at);
    }
    if (++depth > DEEPEST) {
      throw new YamlMistake(at, "nested deeper than " + DEEPEST + " levels");
    }
    Node node = event instanceof MappingStartEvent ? mapping(here) : sequence(here);
    depth--;
    return node;
  }

  private void refuseAnchorAndTag(NodeEvent event, Place place) {
    if (event.getAnchor() != null) {
      problems.error(
          place, "the anchor &" + event.getAnchor() + "; anchors are not allowed: leave it out");
    }
    String tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : ((CollectionStartEvent) event).getTag();
    if (tag != null) {
      problems.error(
          place,
          "the tag "
              + tag.replace("tag:yaml.org,2002:", "!!")
              + "; tags are not allowed: leave it out");
    }
  }

  private Node.Scalar scalar(ScalarEvent event, Location at) throws YamlMistake {
    String text = event.getValue();
    if (text.length() > LONGEST_SCALAR) {
      throw new YamlMistake(
          at, "a value of " + text.length() + " characters; the most is " + LONGEST_SCALAR);
    }
    return new Node.Scalar(at, text, event.getScalarStyle() != ScalarStyle.PLAIN);
  }

  private Node sequence(Place place) throws YamlMistake {
    List<Node> items = new ArrayList<>();
    for (Event event = parser.getEvent(); !event.is(Event.ID.SequenceEnd); event = parser.getEvent()) {
      items.add(node(event, place.item(items.size(), place.location())));
    }
    return new Node.Sequence(place.location(), items);
  }

  private Node mapping(Place place) throws YamlMistake {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Location> seen = new HashMap<>();
    for (Event event = parser.getEvent(); !event.is(Event.ID.MappingEnd); event = parser.getEvent()) {
      Location at = location(event);
      String key = key(event, place);
      Node value = node(parser.getEvent(), key == null ? place : place.key(key, at));
      if (key == null) {
        continue;
      }
      Location first = seen.putIfAbsent(key, at);
      if (first == null) {
        entries.add(new Node.Entry(key, at, value));
      } else {
        problems.error(
            place.key(key, at), "duplicate key, first on line " + first.line() + ": keep one");
      }
    }
    return new Node.Mapping(place.location(), entries);
  }

  /** The key; null where it can't be one, which has been reported. */
  private @Nullable String key(Event event, Place place) throws YamlMistake {
    Location at = location(event);
    if (event instanceof SequenceStartEvent
        || event instanceof MappingStartEvent
        || event instanceof AliasEvent) {
      throw new YamlMistake(
          at,
          event instanceof AliasEvent
              ? "an alias as key; aliases are not allowed: write the key out"
              : "a list or map as key; keys are words");
    }
    ScalarEvent scalar = (ScalarEvent) event;
    refuseAnchorAndTag(scalar, new Place(at, place.path()));
    String key = scalar(scalar, at).text();
    if (key.equals("<<") && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
      problems.error(
          new Place(at, place.path()), "the merge key <<; merge keys are not allowed: write the keys out");
      return null;
    }
    if (key.isEmpty()) {
      problems.error(new Place(at, place.path()), "an empty key; keys are words");
      return null;
    }
    return key;
  }

  private Location location(Event event) {
    return location(event.getStartMark());
  }

  private Location location(@Nullable Mark mark) {
    return mark == null
        ? new Location(file, 0, 0)
        : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The parser's words, with the cure for the mistakes that are commonly made. */
  private static String syntax(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("mapping values are not allowed")) {
      return "not YAML: a ':' where none can be; indent the key like its neighbours, or put quotes around"
          + " a value that contains ': '";
    }
    if (problem.contains("expected ',' or '}'") || problem.contains("expected ',' or ']'")) {
      return "not YAML: a '{' or '[' is not closed, or a comma is missing";
    }
    if (problem.contains("expected <block end>")) {
      return "not YAML: the indentation fits no level above; indent this line like its neighbours";
    }
    if (problem.contains("could not find expected ':'")) {
      return "not YAML: a key without ':'";
    }
    if (problem.contains("cannot start any token")) {
      return "not YAML: a value can't begin with this character; put quotes around it";
    }
    if (problem.contains("while scanning a quoted scalar") || problem.contains("found unexpected end of stream")) {
      return "not YAML: a quote is not closed";
    }
    return "not YAML: " + problem;
  }
}
