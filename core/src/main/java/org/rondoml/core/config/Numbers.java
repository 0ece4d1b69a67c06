package org.rondoml.core.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Numbers as a document writes them. */
final class Numbers {
  private static final String MANTISSA = "[-+]?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)";
  private static final String EXPONENT = "[eE][-+]?[0-9]+";
  private static final String DECIMAL = MANTISSA + "(?:" + EXPONENT + ")?";

  /** See {@link ScalarForm#NUMBER_AS_TEXT}: what is divided by has a digit other than 0. */
  static final String AS_TEXT =
      "^(?:" + MANTISSA + EXPONENT + "|" + DECIMAL + " ?/ ?(?=[^eE]*[1-9])" + DECIMAL + ")$";

  private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
  private static final Pattern NUMBER = Pattern.compile(DECIMAL);
  private static final Pattern FRACTION = Pattern.compile(DECIMAL + " ?/ ?" + DECIMAL);
  private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9][0-9_]*_[0-9_]*(?:\\.[0-9]*)?");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+(?:\\.[0-9]*)?");
  private static final Pattern BASED = Pattern.compile("[-+]?0[xob][0-9a-fA-F]+");
  private static final Pattern NOT_FINITE = Pattern.compile("(?i)[-+]?\\.?(?:nan|inf|infinity)");

  private Numbers() {}

  /** Whether an unquoted text is a number: whole, decimal or fraction. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches() || FRACTION.matcher(text).matches();
  }

  /**
   * Whether a text was meant as a number, though it may be none: it begins like one, or is one in
   * quotes.
   */
  static boolean looksLikeNumber(Node.Scalar scalar) {
    String text = scalar.text();
    return isNumber(text)
        || NOT_FINITE.matcher(text).matches()
        || (!scalar.quoted() && text.matches("[-+.]?[0-9].*"));
  }

  /** A whole number within limits. */
  static long whole(Node.Scalar scalar, long least, long most) throws ScalarException {
    String text = scalar.text();
    refuseQuoted(scalar, "a whole number");
    if (!WHOLE.matcher(text).matches()) {
      throw new ScalarException(
          "found "
              + Words.found(scalar)
              + ", expected a whole number"
              + cure(text, NUMBER.matcher(text).matches() ? " without point or exponent" : ""));
    }
    BigDecimal value = new BigDecimal(text);
    if (value.compareTo(BigDecimal.valueOf(least)) < 0
        || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new ScalarException(
          "found "
              + Words.found(scalar)
              + ", expected a whole number from "
              + least
              + " to "
              + most);
    }
    return value.longValueExact();
  }

  /** A finite number. */
  static double number(Node.Scalar scalar) throws ScalarException {
    String text = scalar.text();
    refuseQuoted(scalar, "a number");
    double value;
    if (NUMBER.matcher(text).matches()) {
      value = Double.parseDouble(text);
    } else if (FRACTION.matcher(text).matches()) {
      int slash = text.indexOf('/');
      double denominator = Double.parseDouble(text.substring(slash + 1));
      if (denominator == 0) {
        throw new ScalarException("found " + Words.found(scalar) + ", which divides by zero");
      }
      value = Double.parseDouble(text.substring(0, slash)) / denominator;
    } else {
      throw new ScalarException(
          "found "
              + Words.found(scalar)
              + ", expected a "
              + (NOT_FINITE.matcher(text).matches() ? "finite number" : "number")
              + cure(text, ""));
    }
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      throw new ScalarException(
          "found " + Words.found(scalar) + ", which is too large for a 64-bit number");
    }
    return value;
  }

  private static void refuseQuoted(Node.Scalar scalar, String expected) throws ScalarException {
    if (scalar.quoted()) {
      throw new ScalarException(
          "found "
              + Words.found(scalar)
              + ", expected "
              + expected
              + (isNumber(scalar.text()) ? ": remove the quotes" : ""));
    }
  }

  private static String cure(String text, String otherwise) {
    if (GROUPED.matcher(text).matches()) {
      return ": write " + text.replace("_", "");
    }
    if (LEADING_ZERO.matcher(text).matches()) {
      return ": write it without the leading zero";
    }
    if (BASED.matcher(text).matches()) {
      return ": write it in decimal";
    }
    return otherwise;
  }

  /**
   * The shortest text that reads back as the same number, the same on every Java: {@code 0.0001},
   * {@code 1.0e-7}.
   */
  static String text(double value) {
    if (value == 0) {
      return "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -5 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    BigDecimal mantissa = shortest.movePointLeft(exponent);
    String digits = mantissa.toPlainString();
    return (digits.contains(".") ? digits : digits + ".0") + "e" + exponent;
  }
}
