package org.rondoml.core.engine;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Reduction;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.SideBySide;

/**
 * Loss, metrics and the gradient of one output on one shard, row by row. A batch is {@linkplain
 * #read read} and {@linkplain #compute computed}; where the rows that count, or other sums, must be
 * known for the whole batch, all its shards are read before any is computed.
 */
final class ShardLoss {
  /** Places of the sums that every loss has: the rows that count, and the sum of their weights. */
  private static final int COUNTED = 0;

  private static final int TOTAL = 1;
  private static final int OWN = 2;

  private final int number;
  private final Objective.Output output;
  private final Semantics semantics;
  private final Graph.Source source;
  private final Loss loss;
  private final boolean readsLogits;
  private final Shape losses;
  private final RowView view;
  private final ShardMetrics metrics;
  private final Memory targets;
  private final Memory gradient;
  private @Nullable INDArray outputsCopy;
  private @Nullable INDArray logitsCopy;
  private @Nullable OutputReading taken;

  /**
   * Memory for an output.
   *
   * @param graph the network's, with all shapes known
   * @param number the number of the output
   * @param samples the samples of the shard
   * @param data samples whose targets have the shape of those to come
   */
  ShardLoss(
      Network network, Graph graph, Objective objective, int number, int samples, SampleData data) {
    this.number = number;
    output = objective.outputs().get(number);
    semantics = objective.semantics();
    source = graph.outputs().get(number);
    Graph.Step step = graph.steps().get(source.step());
    long[] shape = step.outputShapes().get(source.output()).withBatch(samples);
    gradient = Memory.of(Nd4j.create(network.precision().dataType(), shape));
    long targetLength = Math.max(1, data.targetLength(number));
    targets = Memory.of(Nd4j.create(network.precision().dataType(), samples, targetLength));

    Shape outputShape = Shape.of(Arrays.copyOfRange(shape, 1, shape.length));
    Shape target = data.targetShape(number);
    SideBySide compared = SideBySide.of(target, outputShape);
    RowViews views =
        new RowViews(network.precision(), compared.shape(), Math.toIntExact(targetLength));

    Optional<Activation.Link> link =
        compared.squeezed()
            ? Optional.empty()
            : step.node().layer().outputActivation().map(Activation::link);
    Optional<Loss> ofLogits = link.flatMap(output.loss()::fromLogits);
    loss = ofLogits.orElse(output.loss());
    readsLogits = ofLogits.isPresent();
    view = views.of(loss.scope(), loss.rowAxis());
    losses = Objective.losses(loss, target, outputShape);
    metrics = new ShardMetrics(output, link, views);
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
   * Takes up what a forward pass put out.
   *
   * @param first the place of the shard's first sample in the order of the batch
   * @return what the shard adds to the sums that {@link #compute} needs to know of the whole batch;
   *     empty where it needs none
   */
  double[] read(Workspace workspace, Batch batch, int first) {
    INDArray activation = workspace.activation(source);
    outputsCopy = copyFor(activation, outputsCopy);
    Memory logits = null;
    if (readsLogits || metrics.readLogits()) {
      INDArray left = workspace.context(source.step()).left(LayerContext.LOGITS);
      logitsCopy = copyFor(left, logitsCopy);
      logits = rowMajor(left, logitsCopy);
    }
    Mask mask = workspace.mask(source);
    if (mask != null) {
      requireStepsOf(mask, batch.data());
    }
    OutputReading reading =
        new OutputReading(
            batch,
            first,
            workspace.rows(),
            targets,
            rowMajor(activation, outputsCopy),
            logits,
            mask,
            batch.data().paddingOf(number));
    taken = reading;
    boolean needsSums =
        reading.leavesOut()
            || loss.mayIgnore()
            || loss.sums() > 0
            || metrics.sums() > 0
            || (reading.isWeighted() && Weighing.needsTotal(output.reduction(), loss.scope()));
    return needsSums ? sums(reading) : new double[0];
  }

  /** First the rows that count and their weights, then the loss's own sums, then the metrics'. */
  private double[] sums(OutputReading reading) {
    double[] own = new double[loss.sums()];
    double counted = 0;
    double total = 0;
    for (int sample = 0; sample < reading.samples(); sample++) {
      for (int row = 0; row < view.count(); row++) {
        view.load(targets, reading.rows(readsLogits), sample, row);
        if (!reading.isPadding(sample, row, view.count())) {
          loss.gather(view.target(), view.output(), own);
        }
        if (reading.isValid(sample, row, view.count()) && !loss.ignores(view.target())) {
          counted++;
          total += reading.weight(sample, row, view.count());
        }
      }
    }
    double[] ofMetrics = metrics.gather(reading);
    double[] sums = new double[OWN + own.length + ofMetrics.length];
    sums[COUNTED] = counted;
    sums[TOTAL] = total;
    System.arraycopy(own, 0, sums, OWN, own.length);
    System.arraycopy(ofMetrics, 0, sums, OWN + own.length, ofMetrics.length);
    return sums;
  }

  /**
   * Computes the loss of the samples that were read, and gathers the metrics.
   *
   * @param sums the sums of what all shards' {@link #read} gave
   * @param totals gathers the metrics
   * @param firstMetric the place of this output's first metric in the totals
   * @return what the shard adds to the loss of the batch, without the output's weight
   */
  double compute(double[] sums, boolean training, Totals totals, int firstMetric) {
    OutputReading reading = taken;
    if (reading == null) {
      throw new IllegalStateException("nothing was read");
    }
    int own = loss.sums();
    Loss given = own == 0 ? loss : loss.given(Arrays.copyOfRange(sums, OWN, OWN + own));
    double sum = losses(reading, given, weighing(reading, sums), training);
    double[] ofMetrics =
        metrics.sums() == 0 ? sums : Arrays.copyOfRange(sums, OWN + own, sums.length);
    metrics.add(reading, totals, firstMetric, ofMetrics);
    return sum;
  }

  private double losses(OutputReading reading, Loss given, Weighing weighing, boolean training) {
    double sum = 0;
    for (int sample = 0; sample < reading.samples(); sample++) {
      for (int row = 0; row < view.count(); row++) {
        view.load(targets, reading.rows(readsLogits), sample, row);
        double weight = weighing.byRow() ? weight(reading, given, sample, row) : 1;
        if (weight == 0) {
          view.gradient().fill(0); // what is left out may be anything, even no number
        } else {
          sum += weight * value(reading, given, sample);
        }
        if (training) {
          if (weight != 0) {
            given.gradient(view.target(), view.output(), view.gradient());
          }
          double scale = weight * output.weight() / weighing.gradientDivisor();
          view.gradient().scale(view.gradient(), scale);
          view.storeGradient(gradient, sample, row);
        }
      }
    }
    return sum / weighing.valueDivisor();
  }

  private double weight(OutputReading reading, Loss given, int sample, int row) {
    return reading.isValid(sample, row, view.count()) && !given.ignores(view.target())
        ? reading.weight(sample, row, view.count())
        : 0;
  }

  private double value(OutputReading reading, Loss given, int sample) {
    try {
      return given.value(view.target(), view.output());
    } catch (DataException e) {
      throw reading.about(sample, e);
    }
  }

  private Weighing weighing(OutputReading reading, double[] sums) {
    SampleWeights weights = reading.batch().data().weights();
    double rows = (double) reading.batch().size() * view.count();
    Double total = weights == null || sums.length == 0 ? null : sums[TOTAL];
    if (loss.scope() == Scope.BATCH) {
      return Weighing.ofBatch(output.reduction(), rows, total);
    }
    boolean leavesOut = reading.leavesOut() || loss.mayIgnore();
    if (total != null && weights != null && !leavesOut) {
      // Weights that several rows share are summed once.
      total = total * weights.positions() / Math.max(weights.positions(), view.count());
    }
    return Weighing.ofRows(
        output.reduction(), semantics, rows, leavesOut ? sums[COUNTED] : null, total);
  }

  /** Checks that the mask tells of each loss whether it counts. */
  private void requireStepsOf(Mask mask, SampleData data) {
    Shape steps = mask.shape();
    boolean fits =
        loss.scope() == Scope.BATCH
            ? output.reduction() != Reduction.SUM
            : steps.equals(losses)
                || (losses.rank() == steps.rank() + 1
                    && steps.equals(losses.withoutLast())
                    && (losses.dimension(-1) == 1 || semantics != Semantics.KERAS3));
    if (!fits) {
      throw new DataException(
          data.origin()
              + ": output '"
              + output.name()
              + "' is masked, with steps of shape "
              + steps
              + ", but its loss gives "
              + (losses.rank() == 0 ? "one number" : "numbers of shape " + losses)
              + " a sample: give the targets the shape of the output, or end the mask before it"
              + " (by a layer such as Flatten)");
    }
  }

  /** Where an array's rows are copied to, made once; null where they can be read in place. */
  private static @Nullable INDArray copyFor(INDArray array, @Nullable INDArray made) {
    if (array.rank() < 3 && Memory.isDense(array)) {
      return null;
    }
    return made != null ? made : Nd4j.createUninitialized(array.dataType(), array.shape());
  }

  /** The rows in the order of samples and steps: sequences may come time-major. */
  private static Memory rowMajor(INDArray array, @Nullable INDArray copy) {
    return Memory.of(copy == null ? array : copy.assign(array));
  }
}
