package org.rondoml.dsl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Activation;

/**
 * The names of what a model puts out, where the targets it was trained on have names: those of a
 * table's columns. Numbers are called as their columns are. Of classes there is first the likeliest
 * one, in a column called as the target is, and then each one's probability, in a column called as
 * the class is.
 */
final class PredictedColumns {
  private final List<String> names;
  private final @Nullable List<String> classes;

  private PredictedColumns(List<String> names, @Nullable List<String> classes) {
    this.names = List.copyOf(names);
    this.classes = classes;
  }

  /**
   * The columns of an output; empty where it is none of what the targets are.
   *
   * @param targets the names of the targets
   * @param words what the class numbers of an only target mean, or null where it has none
   * @param width how many numbers the output has a sample, or a step
   * @param link what is known of them
   */
  static Optional<PredictedColumns> of(
      List<String> targets, @Nullable List<String> words, long width, Activation.Link link) {
    if (targets.size() == 1 && width > 1) {
      List<String> numbers = IntStream.range(0, (int) width).mapToObj(Integer::toString).toList();
      return ofClasses(targets.get(0), words == null ? numbers : words, width);
    }
    boolean yesOrNo = width == 1 && link == Activation.Link.SIGMOID;
    if (targets.size() == 1 && words != null && words.size() == 2 && yesOrNo) {
      return ofClasses(targets.get(0), words, 2);
    }
    return targets.size() == width && !targets.isEmpty()
        ? Optional.of(new PredictedColumns(targets, null))
        : Optional.empty();
  }

  private static Optional<PredictedColumns> ofClasses(
      String target, List<String> classes, long width) {
    if (classes.size() != width) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>(List.of(target));
    names.addAll(classes);
    return Optional.of(new PredictedColumns(names, classes));
  }

  /** The first line. */
  String header() {
    return line(names);
  }

  /** What a line says of the numbers of a sample, or of a step. */
  String line(Numbers numbers) {
    List<String> cells = new ArrayList<>();
    List<String> known = classes;
    if (known == null) {
      for (int i = 0; i < numbers.count(); i++) {
        cells.add(numbers.text(i));
      }
    } else if (numbers.count() == 1) {
      // As binary_accuracy does: a half is not yet the second class.
      cells.add(known.get(numbers.value(0) > 0.5 ? 1 : 0));
      cells.add(numbers.restText(0));
      cells.add(numbers.text(0));
    } else {
      cells.add(known.get(numbers.largest()));
      for (int i = 0; i < numbers.count(); i++) {
        cells.add(numbers.text(i));
      }
    }
    return line(cells);
  }

  private static String line(List<String> cells) {
    return String.join(",", cells.stream().map(PredictedColumns::quoted).toList());
  }

  /** A cell as RFC 4180 has it. */
  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
