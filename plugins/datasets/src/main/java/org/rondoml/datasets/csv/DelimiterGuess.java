package org.rondoml.datasets.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what stands between the cells of a file: of comma, semicolon, tab and bar that one which
 * the first rows have equally often, outside of quotes; of several the most frequent. Where the
 * rows disagree, the most frequent in the first row.
 */
final class DelimiterGuess {
  private static final String CANDIDATES = ",;\t|";
  private static final int CHARACTERS = 1 << 16;
  private static final int ROWS = 20;

  private final char quote;
  private final char decimal;

  /** A guess for a file with this quote and decimal mark. */
  DelimiterGuess(char quote, char decimal) {
    this.quote = quote;
    this.decimal = decimal;
  }

  /** The delimiter; a comma where there is none. */
  char of(Reader text) throws IOException {
    List<int[]> rows = rows(text);
    char best = ',';
    int most = 0;
    boolean agreed = false;
    for (int c = 0; c < CANDIDATES.length() && !rows.isEmpty(); c++) {
      int candidate = c;
      int count = rows.get(0)[c];
      boolean agree = rows.stream().allMatch(row -> row[candidate] == count);
      boolean better = agree == agreed ? count > most : agree;
      if (count > 0 && better && CANDIDATES.charAt(c) != decimal) {
        best = CANDIDATES.charAt(c);
        most = count;
        agreed = agree;
      }
    }
    return best;
  }

  /** How often each candidate is in each of the first rows, as far as these are whole. */
  private List<int[]> rows(Reader text) throws IOException {
    List<int[]> rows = new ArrayList<>();
    int[] counts = new int[CANDIDATES.length()];
    boolean quoted = false;
    boolean blank = true;
    for (int i = 0; i < CHARACTERS && rows.size() < ROWS; i++) {
      int c = text.read();
      boolean end = c < 0 || (!quoted && (c == '\n' || c == '\r'));
      if (end) {
        if (!blank) {
          rows.add(counts);
          counts = new int[CANDIDATES.length()];
          blank = true;
        }
        if (c < 0) {
          break;
        }
        continue;
      }
      blank = false;
      if (c == quote) {
        quoted = !quoted;
      }
      int candidate = CANDIDATES.indexOf(c);
      if (!quoted && candidate >= 0) {
        counts[candidate]++;
      }
    }
    return rows;
  }
}
