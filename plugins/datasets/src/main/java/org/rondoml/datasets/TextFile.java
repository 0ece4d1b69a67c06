package org.rondoml.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.rondoml.api.DataException;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.spi.ConfigException;

/**
 * The characters of a file, plain or gzipped, which its first bytes tell. A byte order mark at the
 * start is left out; bytes that are no characters are an error.
 */
public final class TextFile {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Charset encoding;

  /** The text of a file. */
  public TextFile(Path file, Charset encoding) {
    this.file = file;
    this.encoding = encoding;
  }

  /** A reader from the start. */
  public Reader open() throws IOException {
    PushbackReader reader = new PushbackReader(new InputStreamReader(bytes(), decoder()), 1);
    try {
      int first = reader.read();
      if (first >= 0 && first != 0xFEFF) {
        reader.unread(first);
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * All characters.
   *
   * @throws DataException where there is no such file, or its bytes are no characters
   */
  public String readAll() {
    DataFiles.requireFile(file);
    StringWriter all = new StringWriter();
    try (Reader reader = open()) {
      reader.transferTo(all);
      return all.toString();
    } catch (CharacterCodingException e) {
      throw undecodable();
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  /**
   * Checks the key {@code encoding} of a source.
   *
   * @throws ConfigException where it names no encoding
   */
  public static void requireEncoding(String encoding) {
    try {
      Charset.forName(encoding);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new ConfigException(
          "encoding",
          "found '"
              + encoding
              + "', expected an encoding that Java knows, such as utf-8, windows-1252 or"
              + " iso-8859-1");
    }
  }

  private CharsetDecoder decoder() {
    return encoding
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private InputStream bytes() throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(2);
      int first = in.read();
      int second = in.read();
      in.reset();
      if (first == 'P' && second == 'K') {
        throw new DataException(
            file
                + ": is a ZIP archive or a workbook, expected plain text: unpack it, or save the"
                + " table as CSV");
      }
      if (encoding.equals(StandardCharsets.UTF_8)
          && ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF))) {
        throw new DataException(
            file + ": is in UTF-16, expected UTF-8: save it in UTF-8, or write encoding: utf-16");
      }
      return first == 0x1f && second == 0x8b ? new GZIPInputStream(in, BUFFER) : in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** What to say about bytes that are no characters: the first of them is looked for. */
  public DataException undecodable() {
    try {
      return firstUndecodable();
    } catch (IOException e) {
      return DataFiles.unreadable(file.toString(), e);
    }
  }

  private DataException firstUndecodable() throws IOException {
    CharsetDecoder decoder = decoder();
    ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
    CharBuffer out = CharBuffer.allocate(BUFFER);
    long line = 1;
    try (InputStream bytes = bytes()) {
      boolean end = false;
      while (!end) {
        in.compact();
        int count = bytes.read(in.array(), in.position(), in.remaining());
        end = count < 0;
        in.position(in.position() + Math.max(count, 0)).flip();
        CoderResult result = decoder.decode(in, out, end);
        out.flip();
        line += out.chars().filter(c -> c == '\n').count();
        out.clear();
        if (result.isError()) {
          return new DataException(
              String.format(
                  "%s:%d: byte 0x%02X is not %s: save the file in UTF-8, or name what it is in,"
                      + " such as encoding: windows-1252",
                  file, line, in.get(in.position()) & 0xFF, encoding));
        }
      }
    }
    throw new IllegalStateException(file + " could be decoded after all");
  }
}
