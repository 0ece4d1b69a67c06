package org.rondoml.dsl.language;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.rondoml.core.config.Location;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The text of a file: UTF-8 without characters that can't be seen. A byte order mark at the start
 * is left out.
 */
final class SourceText {
  private SourceText() {}

  static String decode(String file, byte[] bytes) throws YamlMistake {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    String text = out.toString();
    if (result.isError()) {
      throw new YamlMistake(
          locate(file, text, text.length()),
          String.format(
              "byte 0x%02X is not UTF-8; save the file in UTF-8", bytes[in.position()] & 0xFF));
    }
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    checkCharacters(file, text);
    checkTabs(file, text);
    return text;
  }

  private static void checkCharacters(String file, String text) throws YamlMistake {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c) || c == 0xFEFF) {
        throw new YamlMistake(
            locate(file, text, i),
            c == 0
                ? "a NUL character; a model file is plain text"
                : String.format("the control character U+%04X; a model file is plain text", c));
      }
      i += Character.charCount(c);
    }
  }

  private static void checkTabs(String file, String text) throws YamlMistake {
    boolean indent = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        indent = true;
      } else if (indent && c == '\t') {
        throw new YamlMistake(locate(file, text, i), "a tab as indent; use spaces");
      } else if (c != ' ') {
        indent = false;
      }
    }
  }

  /** The place of a character, counted in code points as editors do. */
  private static Location locate(String file, String text, int index) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1))) {
        line++;
        start = i + 1;
      }
    }
    return new Location(file, line, text.codePointCount(start, index) + 1);
  }
}
