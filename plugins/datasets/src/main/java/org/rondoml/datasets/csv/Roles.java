package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.core.config.NearMiss;

/**
 * What the columns of a file are for.
 *
 * @param features the inputs
 * @param targets what is to be predicted; empty in order to predict it
 * @param time what the rows are in the order of, or null
 * @param sampleWeight how much the rows count, or null
 * @param sequence what tells sequences apart, or null
 */
record Roles(
    List<String> features,
    List<String> targets,
    @Nullable String time,
    @Nullable String sampleWeight,
    @Nullable String sequence) {
  Roles {
    features = List.copyOf(features);
    targets = List.copyOf(targets);
  }

  /**
   * The roles of a file's columns.
   *
   * @param header the names of the columns
   * @param predicting whether targets are left out and needn't be there
   * @throws DataException where a column that the keys name is not there
   */
  static Roles of(CsvSource.Config config, List<String> header, boolean predicting, Path file) {
    List<String> targets = config.target() == null ? List.of() : config.target();
    Set<String> known = new HashSet<>(header);
    Set<String> named = new LinkedHashSet<>();
    if (config.features() != null) {
      named.addAll(config.features());
    }
    if (config.time() != null) {
      named.add(config.time());
    }
    if (config.sequence() != null) {
      named.add(config.sequence());
    }
    named.addAll(targets);
    named.addAll(config.exclude());
    named.addAll(config.types().keySet());
    named.addAll(config.categories().keySet());
    if (config.sampleWeight() != null) {
      named.add(config.sampleWeight());
    }
    if (predicting) {
      named.removeAll(notNeededToPredict(config, targets));
    }
    for (String name : named) {
      if (!known.contains(name)) {
        throw new DataException(
            file
                + ": no column '"
                + name
                + "'"
                + NearMiss.suggestion(name, header)
                + "; it has "
                + String.join(", ", header));
      }
    }
    return new Roles(
        features(config, targets, header, file),
        predicting ? List.of() : targets,
        config.time(),
        predicting ? null : config.sampleWeight(),
        config.sequence());
  }

  /** The columns that are no features; the past of targets is one where samples are windows. */
  private static Set<String> notNeededToPredict(CsvSource.Config config, List<String> targets) {
    Set<String> columns = new HashSet<>(config.exclude());
    if (!config.windows().knowsPastTargets()) {
      columns.addAll(targets);
    }
    if (config.sampleWeight() != null) {
      columns.add(config.sampleWeight());
    }
    return columns;
  }

  /** The features named, or else all columns that are there for nothing else. */
  private static List<String> features(
      CsvSource.Config config, List<String> targets, List<String> header, Path file) {
    if (config.features() != null) {
      return config.features();
    }
    List<String> features = new ArrayList<>(header);
    features.removeAll(config.exclude());
    if (!config.windows().knowsPastTargets()) {
      features.removeAll(targets);
    }
    if (config.time() != null) {
      features.remove(config.time());
    }
    if (config.sampleWeight() != null) {
      features.remove(config.sampleWeight());
    }
    if (config.sequence() != null) {
      features.remove(config.sequence());
    }
    if (features.isEmpty()) {
      throw new DataException(
          file
              + ": no column is left for the inputs; it has "
              + String.join(", ", header)
              + (targets.isEmpty() ? "" : ", of which the target is no input")
              + (config.window() == null && config.sequence() == null && !targets.isEmpty()
                  ? ": with window, its past values are"
                  : ""));
    }
    return features;
  }

  /** All columns that numbers are made of. */
  Set<String> columns() {
    Set<String> all = new LinkedHashSet<>(features);
    all.addAll(targets);
    if (time != null) {
      all.add(time);
    }
    if (sampleWeight != null) {
      all.add(sampleWeight);
    }
    return all;
  }
}
