package org.rondoml.datasets.csv;

import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.datasets.TextFile;

/**
 * The keys that say how a file is written.
 *
 * @param delimiter what stands between cells, or null to find out
 * @param quote what stands around cells
 * @param decimal the decimal mark
 * @param thousands what groups digits, or null for nothing
 * @param encoding the file's encoding
 */
record NotationKeys(
    @Nullable String delimiter,
    String quote,
    String decimal,
    @Nullable String thousands,
    String encoding) {
  /** Throws where a mark is none, or two are the same. */
  void check() {
    if (delimiter != null
        && !delimiter.equals("tab")
        && (delimiter.length() != 1 || " \r\n\"".contains(delimiter))) {
      throw new ConfigException(
          "delimiter", "found " + shown(delimiter) + ", expected one character, or tab");
    }
    if (quote.length() != 1 || quote.isBlank() || quote.equals(delimiter)) {
      throw new ConfigException(
          "quote", "found " + shown(quote) + ", expected one character, not the delimiter");
    }
    if (!decimal.equals(".") && !decimal.equals(",")) {
      throw new ConfigException("decimal", "found " + shown(decimal) + ", expected '.' or ','");
    }
    if (decimal.equals(delimiter)) {
      throw new ConfigException(
          "decimal", "is the delimiter, too; expected that they are different");
    }
    if (thousands != null && (thousands.length() != 1 || thousands.equals(decimal))) {
      throw new ConfigException(
          "thousands",
          "found " + shown(thousands) + ", expected one character, not the decimal mark");
    }
    TextFile.requireEncoding(encoding);
  }

  private static String shown(String text) {
    return "'" + text.replace("\n", "\\n").replace("\r", "\\r") + "'";
  }

  @Nullable Character delimiterMark() {
    if (delimiter == null) {
      return null;
    }
    return delimiter.equals("tab") ? '\t' : delimiter.charAt(0);
  }

  char quoteMark() {
    return quote.charAt(0);
  }

  char decimalMark() {
    return decimal.charAt(0);
  }

  @Nullable Character thousandsMark() {
    return thousands == null ? null : thousands.charAt(0);
  }

  Charset charset() {
    return Charset.forName(encoding.toLowerCase(Locale.ROOT));
  }
}
