package org.rondoml.core.engine;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;

/** Loss, metrics and the gradient of one output on one shard, row by row. */
final class ShardLoss {
  private final Objective.Output output;
  private final Graph.Source source;
  private final Loss loss;
  private final boolean readsLogits;
  private final int rowsPerSample;
  private final int rowLength;
  private final Memory targets;
  private final Memory gradient;
  private final Vec target;
  private final Vec row;
  private final Vec rowGradient;
  private @Nullable INDArray outputsCopy;
  private @Nullable INDArray logitsCopy;

  ShardLoss(
      Network network, Objective.Output output, Graph.Source source, int rows, long targetLength) {
    this.output = output;
    this.source = source;
    this.loss = Objective.logitsLoss(output, network.graph(), source);
    this.readsLogits = Objective.readsLogits(output, network.graph(), source);
    long[] shape =
        network
            .graph()
            .steps()
            .get(source.step())
            .outputShapes()
            .get(source.output())
            .withBatch(rows);
    this.rowLength = (int) shape[shape.length - 1];
    long elements = 1;
    for (long dimension : shape) {
      elements *= dimension;
    }
    this.rowsPerSample = (int) (elements / rows / rowLength);
    this.targets =
        Memory.of(Nd4j.create(network.precision().dataType(), rows, Math.max(1, targetLength)));
    this.gradient = Memory.of(Nd4j.create(network.precision().dataType(), shape));
    this.target = Vec.zeros(network.precision(), (int) (targetLength / rowsPerSample));
    this.row = Vec.zeros(network.precision(), rowLength);
    this.rowGradient = Vec.zeros(network.precision(), rowLength);
  }

  /** Where the shard's targets are put. */
  Memory targets() {
    return targets;
  }

  boolean readsLogits() {
    return readsLogits;
  }

  Graph.Source source() {
    return source;
  }

  INDArray gradient() {
    return gradient.array();
  }

  /**
   * Computes the loss of the shard's rows and gathers the metrics.
   *
   * @param totals gathers the metrics
   * @param firstMetric the place of this output's first metric in the totals
   * @param batchSize the rows of the whole batch, over which the mean is taken
   * @param samples the numbers of the samples in their dataset
   * @return the sum of the rows' losses over the rows of the batch, without the output's weight
   */
  double compute(
      Workspace workspace,
      SampleData data,
      int[] samples,
      int firstSample,
      int batchSize,
      boolean training,
      Totals totals,
      int firstMetric) {
    INDArray activation = workspace.activation(source);
    outputsCopy = copyFor(activation, outputsCopy);
    Memory outputs = rows(activation, outputsCopy);
    Memory losses = readsLogits ? logits(workspace) : outputs;
    double meanOver = (double) batchSize * rowsPerSample;
    double sum = 0;
    for (int sample = 0; sample < workspace.rows(); sample++) {
      int number = samples[firstSample + sample];
      double weight = data.weight(number);
      for (int r = 0; r < rowsPerSample; r++) {
        long index = (long) sample * rowsPerSample + r;
        target.load(targets, index * target.length());
        row.load(losses, index * rowLength);
        sum += weight * lossOf(number, data);
        if (training) {
          loss.gradient(target, row, rowGradient);
          rowGradient.scale(rowGradient, weight * output.weight() / meanOver);
          rowGradient.store(gradient, index * rowLength);
        }
        if (readsLogits) {
          row.load(outputs, index * rowLength);
        }
        for (int m = 0; m < output.metrics().size(); m++) {
          Metric.State state = totals.state(firstMetric + m);
          // Keras' `metrics` take no sample weights; its `weighted_metrics` do.
          state.add(target, row, 1);
        }
      }
    }
    return sum / meanOver;
  }

  private double lossOf(int sample, SampleData data) {
    try {
      return loss.value(target, row);
    } catch (DataException e) {
      throw new DataException(data.origin() + ": sample " + sample + ": " + e.getMessage(), e);
    }
  }

  private Memory logits(Workspace workspace) {
    INDArray logits = workspace.context(source.step()).left(LayerContext.LOGITS);
    logitsCopy = copyFor(logits, logitsCopy);
    return rows(logits, logitsCopy);
  }

  /** Where an array's rows are copied to, made once; null where they can be read in place. */
  private static @Nullable INDArray copyFor(INDArray array, @Nullable INDArray made) {
    if (array.rank() < 3 && Memory.isDense(array)) {
      return null;
    }
    return made != null ? made : Nd4j.createUninitialized(array.dataType(), array.shape());
  }

  /** The rows in the order of samples and steps: sequences may come time-major. */
  private static Memory rows(INDArray array, @Nullable INDArray copy) {
    return Memory.of(copy == null ? array : copy.assign(array));
  }
}
