package org.rondoml.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private static Node.Scalar scalar(String text) {
    return Node.plain(Location.NONE, text);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-4, 0.0001",
    "1.0e-4, 0.0001",
    "1/255, 0.00392156862745098",
    "-1/4, -0.25",
    "3, 3",
    ".5, 0.5",
    "5., 5",
    "+2, 2",
    "1 / 8, 0.125",
    "1e-3/2, 0.0005",
    "-0, -0.0"
  })
  void readsNumbers(String text, double value) throws ScalarException {
    assertEquals(value, Numbers.number(scalar(text)));
    assertTrue(Numbers.isNumber(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "e5", "1e", "1/", "/2", "1/2/3", "1e1.5", "0x1p3", "1f", "1d", "--1", "1,5", "٣"
      })
  void refusesWhatIsNone(String text) {
    assertFalse(Numbers.isNumber(text));
    assertThrows(ScalarException.class, () -> Numbers.number(scalar(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0001, 0.0001",
    "0.001, 0.001",
    "0.002, 0.002",
    "1e-7, 1.0e-7",
    "1.5e-7, 1.5e-7",
    "0.1, 0.1",
    "32, 32.0",
    "-2.5, -2.5",
    "1e15, 1000000000000000.0",
    "1e16, 1.0e16",
    "1.7976931348623157e308, 1.7976931348623157e308",
    "4.9e-324, 4.9e-324",
    "0, 0.0"
  })
  void writesTheShortestText(double value, String text) {
    assertEquals(text, Numbers.text(value));
  }

  @Test
  void writtenNumbersReadBackAsTheSameBits() throws ScalarException {
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Numbers.number(scalar(Numbers.text(value))));
      }
    }
  }

  @Test
  void wholeNumbersHaveLimits() throws ScalarException {
    assertEquals(
        2147483647, Numbers.whole(scalar("2147483647"), Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertEquals(
        "found 2147483648, expected a whole number from -2147483648 to 2147483647",
        assertThrows(
                ScalarException.class,
                () -> Numbers.whole(scalar("2147483648"), Integer.MIN_VALUE, Integer.MAX_VALUE))
            .text());
  }
}
