package org.rondoml.dsl.specification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.dsl.runfolder.RunFolder;

/**
 * Checks callbacks against the rest of the model file: what they watch is logged, the learning rate
 * they set is theirs to set, and each file is written by one of them alone.
 */
final class CallbackChecks {
  private final Compilation compilation;
  private final Problems problems;
  private final Set<String> logs;
  private final Set<Path> files = new HashSet<>();

  /**
   * Checks for a model.
   *
   * @param validates whether there is data to evaluate on after an epoch
   */
  CallbackChecks(Compilation compilation, boolean validates, Problems problems) {
    this.compilation = compilation;
    this.problems = problems;
    List<String> names = compilation.objective().logNames();
    this.logs = new LinkedHashSet<>(names);
    if (validates) {
      names.forEach(name -> logs.add("val_" + name));
    }
  }

  /** Reports what is wrong with callbacks, in their order. */
  void check(List<Callback> callbacks, Bound<?> bound) {
    for (int i = 0; i < callbacks.size(); i++) {
      Callback callback = callbacks.get(i);
      Bound<?> item = bound.part(Integer.toString(i));
      Place place = item == null ? bound.place() : item.place();
      try {
        callback.check(logs);
      } catch (ConfigException e) {
        Place at = item == null ? place : item.placeOf(e.key());
        problems.error(at, String.valueOf(e.getMessage()));
      }
      logs.addAll(callback.addedLogs());
      List<String> mistakes = new ArrayList<>();
      checkLearningRate(callback, mistakes);
      callback.files().forEach(file -> checkFile(file, mistakes));
      mistakes.forEach(mistake -> problems.error(place, mistake));
    }
  }

  private void checkLearningRate(Callback callback, List<String> mistakes) {
    if (callback.setsLearningRate()
        && !compilation.optimization().optimizer().learningRate().isConstant()) {
      mistakes.add(
          "sets the learning rate, but the optimizer's learning_rate is a schedule, which sets it"
              + " at every step: give the optimizer a number, or drop the callback");
    }
  }

  private void checkFile(Path file, List<String> mistakes) {
    Path path = file.normalize();
    if (!path.isAbsolute() && path.startsWith("..")) {
      mistakes.add(
          "'"
              + file
              + "' is not in the run's folder: name a file in it, or write an absolute path");
    } else if (!path.isAbsolute() && RunFolder.isOwn(path)) {
      mistakes.add("'" + file + "' is a file that the run itself writes: name another");
    } else if (!files.add(path)) {
      mistakes.add("'" + file + "' is written by another callback as well: name another");
    }
  }
}
