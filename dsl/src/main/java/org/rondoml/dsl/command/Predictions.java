package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.UsageException;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.io.NpzFormat;

/**
 * Writes outputs, an array for each of the model's: as {@code .npy}, {@code .npz}, or {@code .csv}
 * with a line a sample and a column an element.
 */
final class Predictions {
  private static final List<String> ENDINGS = List.of(".npy", ".npz", ".csv");

  private final List<String> names;

  /** Outputs of these names. */
  Predictions(List<String> names) {
    this.names = List.copyOf(names);
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
  void write(Path file, List<INDArray> outputs) {
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
              print(lines, outputs);
            }
          });
    }
  }

  /** Prints comma-separated values. */
  void print(PrintWriter out, List<INDArray> outputs) {
    List<INDArray> rows =
        outputs.stream().map(o -> o.reshape('c', o.size(0), o.length() / o.size(0))).toList();
    long samples = outputs.get(0).size(0);
    for (long sample = 0; sample < samples; sample++) {
      StringBuilder line = new StringBuilder();
      for (INDArray row : rows) {
        for (long column = 0; column < row.columns(); column++) {
          line.append(line.isEmpty() ? "" : ",").append(text(row, sample, column));
        }
      }
      out.println(line);
    }
  }

  private static String text(INDArray array, long row, long column) {
    return array.dataType() == DataType.FLOAT
        ? Float.toString(array.getFloat(row, column))
        : Double.toString(array.getDouble(row, column));
  }
}
