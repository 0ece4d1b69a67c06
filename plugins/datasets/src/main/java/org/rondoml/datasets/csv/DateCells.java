package org.rondoml.datasets.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * ISO dates, {@code 2024-01-31} or {@code 2024/01/31}, with or without a time after {@code T} or a
 * blank, as seconds since 1970 in UTC. Others, such as 01/02/2024, mean different days in different
 * countries.
 */
final class DateCells implements Cells {
  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}([-/])[0-9]{2}\\1[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?");
  private static final Pattern OFFSET = Pattern.compile(".*([Zz]|[-+][0-9]{2}:[0-9]{2})");
  private static final int DAY = "2024-01-31".length();

  @Override
  public double read(String cell) throws CellException {
    if (DATE.matcher(cell).matches()) {
      try {
        return seconds(cell.substring(0, DAY).replace('/', '-'), cell.substring(DAY));
      } catch (DateTimeException e) {
        // told below
      }
    }
    throw new CellException(
        "found " + Cells.shown(cell) + ", expected " + ColumnType.DATE.expected());
  }

  private static double seconds(String day, String time) {
    if (time.isEmpty()) {
      return LocalDate.parse(day).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }
    String moment = day + "T" + time.substring(1);
    Instant at =
        OFFSET.matcher(time).matches()
            ? OffsetDateTime.parse(moment).toInstant()
            : LocalDateTime.parse(moment).toInstant(ZoneOffset.UTC);
    return at.getEpochSecond() + at.getNano() / 1e9;
  }

  /** Whether a cell is such a date. */
  static boolean isDate(String cell) {
    if (!DATE.matcher(cell).matches()) {
      return false;
    }
    try {
      new DateCells().read(cell);
      return true;
    } catch (CellException e) {
      return false;
    }
  }
}
