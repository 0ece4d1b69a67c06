package org.rondoml.dsl.language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;

/**
 * Reads the part of YAML that can't surprise: one document of maps, lists and scalars. Aliases, anchors, tags, merge keys, duplicate keys,
 * tabs as indent and everything that isn't UTF-8 are mistakes; size, depth and length are capped before they can cost anything.
 */
public final class StrictYaml {
  /** The largest file, in bytes. */
  static final int LARGEST_FILE = 1 << 20;

  private final Problems problems;

  /** A reader that reports to a collector. */
  public StrictYaml(Problems problems) {
    this.problems = problems;
  }

  /**
   * The document of a file; {@link Node.Invalid} where it has none, which has been reported.
   *
   * @param file the file, named in messages as it is given here
   */
  public Node read(Path file) {
    String name = file.toString();
    byte[] bytes;
    try {
      if (Files.isDirectory(file)) {
        return refuse(name, "is a folder, expected a YAML file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(LARGEST_FILE + 1);
      }
    } catch (NoSuchFileException e) {
      return refuse(name, "no such file");
    } catch (AccessDeniedException e) {
      return refuse(name, "can't be read: permission denied");
    } catch (IOException e) {
      return refuse(name, "can't be read: " + e.getMessage());
    }
    return read(name, bytes);
  }

  /**
   * The document of bytes; {@link Node.Invalid} where they have none, which has been reported.
   *
   * @param name what messages call it
   */
  public Node read(String name, byte[] bytes) {
    if (bytes.length > LARGEST_FILE) {
      return refuse(name, "is larger than 1 MiB, the most a model file can have");
    }
    try {
      String text = SourceText.decode(name, bytes);
      return new NodeReader(name, text, problems).read();
    } catch (YamlMistake mistake) {
      return mistake.report(problems);
    }
  }

  private Node refuse(String name, String message) {
    Location at = new Location(name, 0, 0);
    problems.error(Place.root(at), message);
    return new Node.Invalid(at);
  }
}
