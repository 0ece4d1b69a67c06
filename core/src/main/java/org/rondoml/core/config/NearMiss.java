package org.rondoml.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what was probably meant. */
public final class NearMiss {
  private NearMiss() {}

  private record Candidate(String name, int distance) {}

  /** The known names close to a misspelt one, the closest first, at most three. */
  public static List<String> of(String misspelt, Collection<String> known) {
    String wanted = bare(misspelt);
    int limit = Math.max(1, wanted.length() / 3);
    return known.stream()
        .distinct()
        .map(name -> new Candidate(name, distance(wanted, bare(name))))
        .filter(c -> c.distance() <= limit && c.distance() < wanted.length())
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(3)
        .map(Candidate::name)
        .toList();
  }

  /** {@code " (did you mean 'units'?)"}, or nothing where no name is close. */
  public static String suggestion(String misspelt, Collection<String> known) {
    List<String> near = of(misspelt, known);
    return near.isEmpty() ? "" : " (did you mean '" + near.get(0) + "'?)";
  }

  private static String bare(String name) {
    return name.replace("_", "").replace("-", "").replace(" ", "").toLowerCase(Locale.ROOT);
  }

  /** The number of letters to add, drop, change or swap with their neighbour (optimal string alignment). */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 8 || Math.max(a.length(), b.length()) > 100) {
      return Integer.MAX_VALUE;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(
                Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
