package org.rondoml.datasets.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;

/**
 * The keys that say what columns are for, and what they hold.
 *
 * @param target the columns to predict, or null
 * @param features the columns to predict from, or null for all that are left
 * @param exclude columns that are no features
 * @param others the columns of other keys, such as time, which are neither target nor feature
 * @param types what columns hold
 * @param categories the words of categories
 */
record ColumnKeys(
    @Nullable List<String> target,
    @Nullable List<String> features,
    List<String> exclude,
    List<String> others,
    Map<String, ColumnType> types,
    Map<String, List<String>> categories) {
  /** The columns that keys name; those that name none are null. */
  static List<String> named(@Nullable String... keys) {
    return Stream.of(keys).filter(name -> name != null).map(String.class::cast).toList();
  }

  /** Throws where a list is empty, or names a column twice. */
  void checkLists() {
    requireDifferent("target", target);
    requireDifferent("features", features);
  }

  private static void requireDifferent(String key, @Nullable List<String> names) {
    if (names == null) {
      return;
    }
    if (names.isEmpty()) {
      throw new ConfigException(key, "found an empty list; expected the name of a column");
    }
    if (names.stream().distinct().count() < names.size()) {
      throw new ConfigException(key, "names a column twice");
    }
  }

  /** Throws where the words of a category are none. */
  void checkCategories() {
    categories.forEach(
        (name, words) -> {
          if (words.isEmpty() || words.stream().distinct().count() < words.size()) {
            throw new ConfigException(
                "categories",
                "'" + name + "' needs a list of words that are different from each other");
          }
          ColumnType type = types.get(name);
          if (type != null && !type.hasClasses()) {
            throw new ConfigException(
                "categories",
                "'" + name + "' is of another type under types; expected category or one_hot");
          }
        });
  }

  /**
   * Throws where a column has two uses.
   *
   * @param knowsPastTargets whether a target may be a feature as well
   */
  void checkUses(boolean knowsPastTargets) {
    if (features != null && !exclude.isEmpty()) {
      throw new ConfigException(
          "exclude", "is for when features are not listed; leave out one of the two");
    }
    List<String> used = new ArrayList<>(others);
    if (target != null) {
      for (String name : target) {
        if (used.contains(name) || exclude.contains(name)) {
          throw new ConfigException("target", "'" + name + "' has another use below");
        }
      }
      if (!knowsPastTargets) {
        used.addAll(target);
      }
    }
    if (features != null) {
      for (String name : features) {
        if (used.contains(name)) {
          throw new ConfigException(
              "features",
              target != null && target.contains(name)
                  ? "'" + name + "' is the target, which the model is to find out; leave it out"
                  : "'" + name + "' has another use; leave it out");
        }
      }
    }
  }
}
