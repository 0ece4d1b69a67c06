package org.rondoml.dsl.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Padding;

/**
 * What there is to train or evaluate on, as the model is given it.
 *
 * @param part {@code train} or {@code validation}
 * @param origin where the samples come from
 * @param samples how many there are
 * @param arrays inputs, then targets, then weights
 * @param remarks what else there is to say, in lines
 */
public record DataSummary(
    String part, String origin, int samples, List<Array> arrays, List<String> remarks) {
  /** With more values than these, numbers are no classes. */
  private static final int MOST_CLASSES = 100;

  /** Copies the lists. */
  public DataSummary {
    arrays = List.copyOf(arrays);
    remarks = List.copyOf(remarks);
  }

  /**
   * An array of all samples.
   *
   * @param role {@code input}, {@code target} or {@code sample_weight}
   * @param name its name
   * @param shape the shape of a sample
   * @param type the type of its elements, as NumPy calls it
   * @param least the least element
   * @param greatest the greatest element
   * @param classes how many samples there are of each class, where the array has a class number a
   *     sample, or a row that is one-hot; how many steps, where it has them by step, without those
   *     that are padding; else null
   * @param classNames what the source calls the classes, each at the place of its number; else null
   */
  public record Array(
      String role,
      String name,
      List<Long> shape,
      String type,
      double least,
      double greatest,
      @Nullable Map<Long, Long> classes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> classNames) {
    /** Copies the lists. */
    public Array {
      shape = List.copyOf(shape);
      classNames = classNames == null ? null : List.copyOf(classNames);
    }
  }

  /**
   * The summary of some samples.
   *
   * @param targetNames what the source calls the numbers of a target, such as a table's columns
   */
  public static DataSummary of(String part, Dataset data, List<String> targetNames) {
    List<Array> arrays = new ArrayList<>();
    data.inputs().forEach((name, array) -> arrays.add(array("input", name, array, null, null)));
    List<String> classNames =
        targetNames.size() == 1 ? data.classes().get(targetNames.get(0)) : null;
    for (int i = 0; i < data.targets().size(); i++) {
      String name = data.targets().size() == 1 ? "y" : "y" + i;
      INDArray array = data.targets().get(i);
      arrays.add(array("target", name, array, classes(array, data.padding()), classNames));
    }
    INDArray weights = data.sampleWeights();
    if (weights != null) {
      arrays.add(array("sample_weight", "sample_weight", weights, null, null));
    }
    return new DataSummary(part, data.origin(), data.size(), arrays, data.remarks());
  }

  private static Array array(
      String role,
      String name,
      INDArray array,
      @Nullable Map<Long, Long> classes,
      @Nullable List<String> classNames) {
    List<Long> shape = new ArrayList<>();
    for (int axis = 1; axis < array.rank(); axis++) {
      shape.add(array.size(axis));
    }
    INDArray numbers = numbers(array);
    return new Array(
        role,
        name,
        shape,
        type(array.dataType()),
        numbers.minNumber().doubleValue(),
        numbers.maxNumber().doubleValue(),
        classes,
        classes == null ? null : classNames);
  }

  private static INDArray numbers(INDArray array) {
    return array.dataType().isFPType() ? array : array.castTo(DataType.DOUBLE);
  }

  /** The name of a type in NumPy, which is where most users know it from. */
  private static String type(DataType type) {
    return switch (type) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case HALF -> "float16";
      case UBYTE -> "uint8";
      case BYTE -> "int8";
      case SHORT -> "int16";
      case UINT16 -> "uint16";
      case INT -> "int32";
      case UINT32 -> "uint32";
      case LONG -> "int64";
      case UINT64 -> "uint64";
      default -> type.name().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static @Nullable Map<Long, Long> classes(INDArray targets, @Nullable Padding padding) {
    Padding own = padding != null && padding.appliesTo(targets) ? padding : null;
    int steps = own == null ? 1 : own.steps();
    int count = Math.toIntExact(targets.size(0)) * steps;
    INDArray rows = numbers(targets).reshape('c', count, targets.length() / count);
    Map<Long, Long> counts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      if (own != null && own.isPadding(i / steps, i % steps)) {
        continue;
      }
      long number = rows.columns() == 1 ? whole(rows.getDouble(i, 0)) : hot(rows, i);
      if (number < 0
          || (counts.merge(number, 1L, Long::sum) == 1 && counts.size() > MOST_CLASSES)) {
        return null;
      }
    }
    return counts;
  }

  private static long whole(double number) {
    return number >= 0 && number == Math.rint(number) ? (long) number : -1;
  }

  /** The place of the only 1 among zeros; -1 where there is anything else. */
  private static long hot(INDArray rows, int row) {
    long hot = -1;
    for (int k = 0; k < rows.columns(); k++) {
      double element = rows.getDouble(row, k);
      if (element == 1 && hot < 0) {
        hot = k;
      } else if (element != 0) {
        return -1;
      }
    }
    return hot;
  }
}
