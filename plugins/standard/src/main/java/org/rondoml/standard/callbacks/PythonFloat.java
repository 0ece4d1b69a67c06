package org.rondoml.standard.callbacks;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as Python writes them: with the fewest digits that read back as the same number; {@code
 * 0.1}, {@code 1e-05}, {@code nan}. The same on every Java.
 */
final class PythonFloat {
  /** Any number is told from its neighbours by so many digits. */
  private static final int MOST_DIGITS = 17;

  private PythonFloat() {}

  static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return Double.toString(value);
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String sign = exponent < 0 ? "-" : "+";
    String digits = Integer.toString(Math.abs(exponent));
    return shortest.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
        + "e"
        + sign
        + (digits.length() < 2 ? "0" + digits : digits);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros();
  }
}
