package org.rondoml.dsl.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static String printed(TextTable table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void theLastColumnGoesOnInFurtherLines() {
    List<List<String>> rows =
        List.of(
            List.of("Key", "Default", "Meaning"),
            List.of("units", "required", "how long the output of this layer is, in numbers"),
            List.of("bias", "true", "whether"));
    assertEquals(
        """
        Key    Default   Meaning
        --------------------------------------------
        units  required  how long the output of this
                         layer is, in numbers
        bias   true      whether
        """,
        printed(TextTable.within(47, rows)));
  }

  @Test
  void wideColumnsGiveWayButTheFirst() {
    List<List<String>> rows =
        List.of(
            List.of("Key", "Type", "Meaning"),
            List.of("a_very_long_key", "uniform|normal|truncated", "what is drawn from"));
    assertEquals(
        """
        Key              Type       Meaning
        ----------------------------------------------
        a_very_long_key  uniform|   what is drawn from
                         normal|
                         truncated
        """,
        printed(TextTable.within(58, rows)));
  }

  @Test
  void breaksLinesBetweenWords() {
    assertEquals(List.of("one two", "three"), BrokenLines.of("one two three", 9));
    assertEquals(List.of("abcdefgh", "ij k"), BrokenLines.of("abcdefghij k", 8));
    assertEquals(List.of("abcde,", "fghij"), BrokenLines.of("abcde,fghij", 8));
    assertEquals(List.of(""), BrokenLines.of("", 8));
  }
}
