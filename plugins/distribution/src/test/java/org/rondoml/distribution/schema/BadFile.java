package org.rondoml.distribution.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model file with a mistake.
 *
 * @param name what the mistake is
 * @param reason why a schema can't say that it is one; empty where it can
 * @param text the file
 */
record BadFile(String name, Optional<Unsayable> reason, String text) {
  private static final Pattern WITH_REASON = Pattern.compile("(.*) \\[([A-Z]+)\\]");

  /** All of {@code bad-files.txt}. */
  static List<BadFile> all() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BadFile.class.getResourceAsStream("bad-files.txt"))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== ")).skip(1).map(BadFile::parse).toList();
    }
  }

  private static BadFile parse(String text) {
    int end = text.indexOf('\n');
    String name = text.substring(0, end);
    Matcher reason = WITH_REASON.matcher(name);
    return reason.matches()
        ? new BadFile(
            reason.group(1),
            Optional.of(Unsayable.valueOf(reason.group(2))),
            text.substring(end + 1))
        : new BadFile(name, Optional.empty(), text.substring(end + 1));
  }
}
