package org.rondoml.core.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Problem;
import org.rondoml.api.Problem.Severity;

/** Collects mistakes, so that all are told at once. */
public final class Problems {
  private final List<@Nullable String> files = new ArrayList<>();
  private final List<Problem> found = new ArrayList<>();

  /** No problem yet. */
  public Problems() {}

  /** Adds a mistake that makes the document unusable. */
  public void error(Place place, String message) {
    add(place, message, Severity.ERROR);
  }

  /** Adds a doubt that leaves the document usable. */
  public void warning(Place place, String message) {
    add(place, message, Severity.WARNING);
  }

  private void add(Place place, String message, Severity severity) {
    Location at = place.location();
    if (!files.contains(at.file())) {
      files.add(at.file());
    }
    found.add(new Problem(at.file(), at.line(), at.column(), place.path(), message, severity));
  }

  /** Whether anything makes the document unusable. */
  public boolean hasErrors() {
    return found.stream().anyMatch(p -> p.severity() == Severity.ERROR);
  }

  /** The number of mistakes that make the document unusable. */
  public int errors() {
    return (int) found.stream().filter(p -> p.severity() == Severity.ERROR).count();
  }

  /** All of them, file by file, in the order of the lines. */
  public List<Problem> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparingInt((Problem p) -> files.indexOf(p.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column))
        .toList();
  }
}
