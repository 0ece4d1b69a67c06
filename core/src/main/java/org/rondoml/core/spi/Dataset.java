package org.rondoml.core.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;

/**
 * Samples in memory. All arrays have as many rows as there are samples; their types are those of
 * the source until a transform or the engine converts them.
 *
 * @param inputs arrays of shape (samples, ...) by name, in order; a source with one input calls it
 *     {@code x}
 * @param targets arrays of shape (samples, ...) in the order of the outputs; empty where the source
 *     has none
 * @param sampleWeights an array of shape (samples), or (samples, steps) for weights that differ
 *     from step to step, or null
 * @param origin where they come from, for messages: {@code data.npz}
 * @param classes what class numbers mean, where the source gave words numbers: the words by the
 *     name of the column, each at the place of its number
 * @param remarks what else a user should know of them, in lines: {@code 200,000 tokens}
 * @param padding which steps are there only to make sequences equally long, or null where all are
 *     the samples' own
 */
public record Dataset(
    Map<String, INDArray> inputs,
    List<INDArray> targets,
    @Nullable INDArray sampleWeights,
    String origin,
    Map<String, List<String>> classes,
    List<String> remarks,
    @Nullable Padding padding) {
  /** Checks that all arrays have the same number of rows. */
  public Dataset {
    classes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    targets = List.copyOf(targets);
    remarks = List.copyOf(remarks);
    if (inputs.isEmpty()) {
      throw new DataException(origin + ": no input arrays");
    }
    long rows = inputs.values().iterator().next().size(0);
    inputs.forEach((name, array) -> checkRows(origin, name, array, rows));
    for (int i = 0; i < targets.size(); i++) {
      checkRows(origin, targets.size() == 1 ? "y" : "y" + i, targets.get(i), rows);
    }
    if (sampleWeights != null) {
      checkRows(origin, "sample_weight", sampleWeights, rows);
    }
    if (rows == 0) {
      throw new DataException(origin + ": no samples");
    }
    if (padding != null && padding.samples() != rows) {
      throw new IllegalArgumentException(
          "padding of " + padding.samples() + " samples for " + rows + " samples");
    }
  }

  /** Samples without padding. */
  public Dataset(
      Map<String, INDArray> inputs,
      List<INDArray> targets,
      @Nullable INDArray sampleWeights,
      String origin,
      Map<String, List<String>> classes,
      List<String> remarks) {
    this(inputs, targets, sampleWeights, origin, classes, remarks, null);
  }

  /** Sequences of which there is no more to say. */
  public Dataset(
      Map<String, INDArray> inputs,
      List<INDArray> targets,
      @Nullable INDArray sampleWeights,
      String origin,
      Map<String, List<String>> classes,
      @Nullable Padding padding) {
    this(inputs, targets, sampleWeights, origin, classes, List.of(), padding);
  }

  /** Samples of which there is no more to say. */
  public Dataset(
      Map<String, INDArray> inputs,
      List<INDArray> targets,
      @Nullable INDArray sampleWeights,
      String origin,
      Map<String, List<String>> classes) {
    this(inputs, targets, sampleWeights, origin, classes, List.of());
  }

  /** Samples of a source that gives no words numbers. */
  public Dataset(
      Map<String, INDArray> inputs,
      List<INDArray> targets,
      @Nullable INDArray sampleWeights,
      String origin) {
    this(inputs, targets, sampleWeights, origin, Map.of());
  }

  /** These samples with other inputs and targets: what a transform has made of them. */
  public Dataset with(Map<String, INDArray> inputs, List<INDArray> targets) {
    return new Dataset(inputs, targets, sampleWeights, origin, classes, remarks, padding);
  }

  /** The number of samples. */
  public int size() {
    return Math.toIntExact(inputs.values().iterator().next().size(0));
  }

  private static void checkRows(String origin, String name, INDArray array, long rows) {
    if (array.size(0) != rows) {
      throw new DataException(
          origin
              + ": array '"
              + name
              + "' has "
              + array.size(0)
              + " rows, but the first input has "
              + rows
              + "; every array needs one row a sample");
    }
  }
}
