package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.UsageException;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Padding;

/**
 * Writes outputs, an array for each of the model's: as {@code .npy}, {@code .npz}, or {@code .csv}
 * with a line a sample and a column an element. Where samples are padded sequences and the outputs
 * have their steps, a line is a step of a sample's own. Where the model was trained on a table, the
 * columns have names, on a line before the others.
 */
final class Predictions {
  private static final List<String> ENDINGS = List.of(".npy", ".npz", ".csv");

  private final List<String> names;

  /** Outputs of these names. */
  Predictions(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * What is known of the samples that the outputs are for.
   *
   * @param padding which of their steps are padding, or null where none is
   * @param targets the names of what was to be predicted; empty where they are not known
   * @param words what the class numbers of an only target mean, or null
   * @param link what is known of the numbers that the only output has
   */
  record About(
      @Nullable Padding padding,
      List<String> targets,
      @Nullable List<String> words,
      Activation.Link link) {
    About {
      targets = List.copyOf(targets);
    }
  }

  /**
   * Checks a file's name before there is anything to write.
   *
   * @throws UsageException where it can't take these outputs
   */
  void requireWritable(Path file) {
    String name = file.toString();
    if (ENDINGS.stream().noneMatch(name::endsWith)) {
      throw new UsageException(file + ": unknown ending; expected " + String.join(" or ", ENDINGS));
    }
    if (names.size() > 1 && name.endsWith(".npy")) {
      throw new UsageException(
          file + ": holds one array, but the model has outputs " + names + "; use .npz");
    }
  }

  /** Writes a file; one that exists is replaced when all is written. */
  void write(Path file, List<INDArray> outputs, About about) {
    if (file.toString().endsWith(".npy")) {
      NpyFormat.write(file, outputs.get(0));
    } else if (file.toString().endsWith(".npz")) {
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      for (int i = 0; i < outputs.size(); i++) {
        arrays.put(names.get(i), outputs.get(i));
      }
      NpzFormat.write(file, arrays);
    } else {
      AtomicFile.write(
          file,
          path -> {
            try (PrintWriter lines =
                new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8))) {
              print(lines, outputs, about);
            }
          });
    }
  }

  /** Prints comma-separated values. */
  void print(PrintWriter out, List<INDArray> outputs, About about) {
    Padding padding = about.padding();
    boolean bySteps = padding != null && outputs.stream().allMatch(padding::appliesTo);
    long lines = outputs.get(0).size(0) * (bySteps ? outputs.get(0).size(1) : 1);
    List<INDArray> tables =
        outputs.stream().map(o -> o.reshape('c', lines, o.length() / lines)).toList();
    Optional<PredictedColumns> columns =
        tables.size() > 1
            ? Optional.empty()
            : PredictedColumns.of(
                about.targets(), about.words(), tables.get(0).columns(), about.link());
    columns.ifPresent(c -> out.println(c.header()));
    for (long line = 0; line < lines; line++) {
      if (bySteps && padding != null && isPadding(padding, line)) {
        continue;
      }
      long row = line;
      out.println(
          columns.isPresent()
              ? columns.get().line(new Numbers(tables.get(0), row))
              : plain(tables.stream().map(table -> new Numbers(table, row)).toList()));
    }
  }

  private static boolean isPadding(Padding padding, long line) {
    return padding.isPadding((int) (line / padding.steps()), (int) (line % padding.steps()));
  }

  private static String plain(List<Numbers> outputs) {
    StringBuilder line = new StringBuilder();
    for (Numbers numbers : outputs) {
      for (int i = 0; i < numbers.count(); i++) {
        line.append(line.isEmpty() ? "" : ",").append(numbers.text(i));
      }
    }
    return line.toString();
  }
}
