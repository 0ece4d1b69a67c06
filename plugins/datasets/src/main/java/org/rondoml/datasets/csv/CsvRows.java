package org.rondoml.datasets.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.core.io.DataFiles;
import org.rondoml.datasets.TextFile;

/** The rows of a file, one after another; empty lines are left out. */
final class CsvRows implements Closeable {
  private final Path file;
  private final TextFile text;
  private final CsvParser parser;
  private long line = 1;

  private CsvRows(Path file, TextFile text, CsvParser parser) {
    this.file = file;
    this.text = text;
    this.parser = parser;
  }

  /** The rows of a file that exists. */
  static CsvRows open(Path file, CsvDialect dialect) {
    TextFile text = new TextFile(file, dialect.encoding());
    try {
      CsvParser parser =
          new CsvFactory()
              .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
              .enable(CsvParser.Feature.TRIM_SPACES)
              .createParser(text.open());
      parser.setSchema(
          CsvSchema.emptySchema()
              .withColumnSeparator(dialect.delimiter())
              .withQuoteChar(dialect.quote())
              .withoutEscapeChar());
      return new CsvRows(file, text, parser);
    } catch (IOException e) {
      throw failure(file, 1, text, e);
    }
  }

  /** The cells of the next row, without blanks around those not in quotes; null after the last. */
  @Nullable List<String> next() {
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      line = parser.currentLocation().getLineNr();
      List<String> cells = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        cells.add(parser.getText());
      }
      return cells;
    } catch (IOException e) {
      throw failure(file, line, text, e);
    }
  }

  /** The line on which the row that {@link #next} gave begins. */
  long line() {
    return line;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    }
  }

  /** What to say about a failure to read. */
  static DataException failure(Path file, long line, TextFile text, IOException e) {
    if (e instanceof CharacterCodingException) {
      return text.undecodable();
    }
    if (!(e instanceof JsonProcessingException malformed)) {
      return DataFiles.unreadable(file.toString(), e);
    }
    String reason = malformed.getOriginalMessage();
    return new DataException(
        reason.contains("closing quote")
            ? file + ":" + line + ": a quote in this row, or after it, is opened and never closed"
            : file + ":" + line + ": " + reason,
        e);
  }
}
