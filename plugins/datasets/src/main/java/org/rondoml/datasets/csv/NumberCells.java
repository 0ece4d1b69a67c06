package org.rondoml.datasets.csv;

import com.fasterxml.jackson.core.io.NumberInput;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finite decimal numbers: {@code -12.5}, {@code 1e-3}, with the file's own decimal mark. */
final class NumberCells implements Cells {
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[-+]?(nan|inf(inity)?)");
  private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]{1,3}(\\.?[0-9]{3})*,[0-9]+");

  private final char decimal;
  private final @Nullable Character thousands;

  /**
   * Numbers of a notation.
   *
   * @param decimal the decimal mark
   * @param thousands what stands between groups of digits, or null for nothing
   */
  NumberCells(char decimal, @Nullable Character thousands) {
    this.decimal = decimal;
    this.thousands = thousands;
  }

  @Override
  public double read(String cell) throws CellException {
    double value = parse(cell);
    if (Double.isFinite(value)) {
      return value;
    }
    boolean number = Double.isInfinite(value) || NOT_FINITE.matcher(cell).matches();
    throw new CellException(
        "found "
            + Cells.shown(cell)
            + ", expected a "
            + (number ? "finite number" : "number")
            + (isOtherNotation(cell) ? ": see the keys decimal and thousands" : ""));
  }

  /** Whether a cell is a number. */
  boolean isNumber(String cell) {
    return Double.isFinite(parse(cell));
  }

  /** Whether a cell looks like a number with a comma, which this notation doesn't have. */
  boolean isOtherNotation(String cell) {
    return decimal == '.' && COMMA.matcher(cell).matches();
  }

  /** The number; NaN where there is none, infinite where it is too large. */
  private double parse(String cell) {
    String plain = plain(cell);
    if (plain == null) {
      return Double.NaN;
    }
    try {
      return NumberInput.parseDouble(plain, true);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The number in Java's notation; null where a letter or mark shows that there is none. */
  private @Nullable String plain(String cell) {
    boolean digits = false;
    boolean other = false;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = true;
      } else if (c == decimal || (thousands != null && c == thousands)) {
        other |= c != '.' || decimal != '.';
      } else if (c != '-' && c != '+' && c != 'e' && c != 'E') {
        return null;
      }
    }
    if (!digits) {
      return null;
    }
    if (!other) {
      return cell;
    }
    String grouped = thousands == null ? cell : cell.replace(thousands.toString(), "");
    return grouped.replace(decimal, '.');
  }
}
