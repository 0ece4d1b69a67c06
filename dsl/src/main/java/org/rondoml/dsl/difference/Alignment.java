package org.rondoml.dsl.difference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Node;

/**
 * Which items of two lists of components are the same one, so that an inserted layer is one
 * insertion: the pairs, in order, that leave the least to tell. Only components of one class make a
 * pair; a pair costs the more the more of its keys differ, and what has no partner costs 1.
 */
final class Alignment {
  private static final double ALONE = 1;
  private static final double CHANGED = 0.5;
  private static final double KEY = 0.1;
  private static final double MOST = 1.5;

  private final int[] partners;
  private final int[] back;

  private Alignment(int[] partners, int[] back) {
    this.partners = partners;
    this.back = back;
  }

  /** The best alignment of two lists. */
  static Alignment of(List<Node> a, List<Node> b) {
    double[][] cost = new double[a.size() + 1][b.size() + 1];
    for (int i = a.size(); i >= 0; i--) {
      for (int j = b.size(); j >= 0; j--) {
        if (i == a.size() || j == b.size()) {
          cost[i][j] = ALONE * (a.size() - i + b.size() - j);
        } else {
          double alone = ALONE + Math.min(cost[i + 1][j], cost[i][j + 1]);
          cost[i][j] = Math.min(pair(a.get(i), b.get(j)) + cost[i + 1][j + 1], alone);
        }
      }
    }
    int[] partners = new int[a.size()];
    int[] back = new int[b.size()];
    Arrays.fill(partners, -1);
    Arrays.fill(back, -1);
    for (int i = 0, j = 0; i < a.size() && j < b.size(); ) {
      if (cost[i][j] == pair(a.get(i), b.get(j)) + cost[i + 1][j + 1]) {
        partners[i] = j;
        back[j] = i;
        i++;
        j++;
      } else if (cost[i][j] == ALONE + cost[i + 1][j]) {
        i++;
      } else {
        j++;
      }
    }
    return new Alignment(partners, back);
  }

  private static double pair(Node a, Node b) {
    Node.Entry first = component(a);
    Node.Entry second = component(b);
    if (first == null || second == null) {
      return a.saysTheSameAs(b) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (!first.key().equals(second.key())) {
      return Double.POSITIVE_INFINITY;
    }
    int differing = differing(first.value(), second.value());
    return differing == 0 ? 0 : Math.min(MOST, CHANGED + KEY * differing);
  }

  private static int differing(Node a, Node b) {
    if (a instanceof Node.Mapping first && b instanceof Node.Mapping second) {
      Set<String> keys = new TreeSet<>(first.keys());
      keys.addAll(second.keys());
      int count = 0;
      for (String key : keys) {
        Node value = first.get(key);
        Node other = second.get(key);
        count += value != null && other != null && value.saysTheSameAs(other) ? 0 : 1;
      }
      return count;
    }
    return a.saysTheSameAs(b) ? 0 : 1;
  }

  /** The entry of a component's name, beside which others may stand; null where it has no keys. */
  static Node.@Nullable Entry component(Node item) {
    return item instanceof Node.Mapping mapping && !mapping.entries().isEmpty()
        ? mapping.entries().get(0)
        : null;
  }

  /** The partner of an item of the first list; -1 for none. */
  int partner(int i) {
    return partners[i];
  }

  /** The items of the second list that have no partner. */
  List<Integer> added() {
    List<Integer> alone = new ArrayList<>();
    for (int j = 0; j < back.length; j++) {
      if (back[j] < 0) {
        alone.add(j);
      }
    }
    return alone;
  }
}
