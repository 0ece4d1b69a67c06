package org.rondoml.standard.layers.activation;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.activations.Softmax;
import org.rondoml.standard.layers.Permutation;
import org.rondoml.standard.layers.Reshaping;
import org.rondoml.standard.layers.RowMap;
import org.rondoml.standard.layers.Rows;

/**
 * Softmax along one axis or several together:
 *
 * <pre>
 * y_i  = exp(x_i) / sum_j exp(x_j)
 * dx_i = y_i (dy_i - sum_j dy_j y_j)
 * </pre>
 *
 * <p>Any shape. Masks pass. Where the input is masked, element by element, x_i is -10⁹ at masked
 * elements, and in keras3 y_i = 0; in tf1 and tf2, unless {@code robust_masking}, 10⁹ is subtracted
 * instead. As in Keras a mask of any other shape, such as that of the steps of a sequence, does not
 * fit. In a model file it is called {@code Softmax}, as in Keras.
 *
 * <p>Source: Keras, {@code keras/src/layers/activations/softmax.py}.
 */
public final class SoftmaxLayer implements UnaryLayer {
  private static final double VERY_LOW = -1e9;

  private final List<Integer> axes;
  private final boolean adds;
  private final boolean zeros;
  private final ActivationLayer rows = new ActivationLayer(new Softmax());

  /** The layer with its keys. */
  public SoftmaxLayer(Config config, Semantics semantics) {
    axes = config.axis();
    zeros = semantics == Semantics.KERAS3;
    adds = !zeros && !config.robustMasking();
  }

  @Override
  public Shape outputShape(Shape input) {
    int rank = input.rank() + 1;
    for (int axis : axes) {
      if (axis < -rank || axis >= rank || axis == 0 || axis == -rank) {
        throw new ShapeMismatchException(
            "found axis "
                + axis
                + " for inputs of shape "
                + input
                + ": its axes have the numbers 1 to "
                + input.rank()
                + ", or -1 for the last one and so on; 0 would be the batch");
      }
    }
    if (moved(rank).length != axes.size()) {
      throw new ShapeMismatchException(
          "found axis " + axes + ", which names an axis of inputs of shape " + input + " twice");
    }
    return input;
  }

  /** The axes along which it goes, counted with the batch axis. */
  private int[] moved(int rank) {
    return axes.stream().mapToInt(axis -> axis < 0 ? rank + axis : axis).distinct().toArray();
  }

  private boolean isAlongTheLast() {
    return axes.equals(List.of(-1));
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  @Override
  public Optional<Activation> outputActivation() {
    return isAlongTheLast() ? rows.outputActivation() : Optional.empty();
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Mask mask = context.mask(0);
    if (mask == null) {
      return softmax(context, input);
    }
    checkMask(mask, input);
    INDArray x = masked(context, "x", input, mask, adds, VERY_LOW);
    INDArray y = softmax(context, x);
    return zeros ? masked(context, "y", y, mask, false, 0) : y;
  }

  private INDArray softmax(LayerContext context, INDArray x) {
    if (isAlongTheLast()) {
      return rows.forward(context, x);
    }
    INDArray moved = into(context, x.rank()).forward(context, x);
    long[] joined =
        IntStream.rangeClosed(0, x.rank() - axes.size()).mapToLong(moved::size).toArray();
    joined[joined.length - 1] = -1;
    INDArray y =
        rows.forward(context, Reshaping.of(context, "joined").forward(context, moved, joined));
    INDArray split = Reshaping.of(context, "split").forward(context, y, moved.shape());
    return outOf(context, x.rank()).forward(context, split);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Mask mask = context.mask(0);
    INDArray dy =
        mask != null && zeros
            ? masked(context, "dy", outputGradient, mask, false, 0)
            : outputGradient;
    INDArray dx = softmaxGradient(context, dy);
    return mask != null && !adds ? masked(context, "dx", dx, mask, false, 0) : dx;
  }

  private INDArray softmaxGradient(LayerContext context, INDArray dy) {
    if (isAlongTheLast()) {
      return rows.backward(context, dy);
    }
    INDArray moved = outOf(context, dy.rank()).backward(context, dy);
    INDArray joined = Reshaping.of(context, "split").backward(context, moved);
    INDArray split =
        Reshaping.of(context, "joined").backward(context, rows.backward(context, joined));
    return into(context, dy.rank()).backward(context, split);
  }

  @Override
  public List<INDArray> backwardFromLogits(LayerContext context, INDArray logitsGradient) {
    Mask mask = context.mask(0);
    return List.of(
        mask != null && !adds
            ? masked(context, "dx from logits", logitsGradient, mask, false, 0)
            : logitsGradient);
  }

  /** Moves the axes to the end. */
  private Permutation into(LayerContext context, int rank) {
    int[] last = moved(rank);
    IntStream others =
        IntStream.range(0, rank).filter(axis -> IntStream.of(last).noneMatch(a -> a == axis));
    return Permutation.of(context, "into", IntStream.concat(others, IntStream.of(last)).toArray());
  }

  /** Moves them back. */
  private Permutation outOf(LayerContext context, int rank) {
    return into(context, rank).inverse(context, "out of");
  }

  private static void checkMask(Mask mask, INDArray input) {
    Shape shape = Rows.sampleShape(input);
    if (!mask.shape().equals(shape)) {
      throw new ShapeMismatchException(
          "Softmax uses masks that tell of each element, found one of shape "
              + mask.shape()
              + " for inputs of shape "
              + shape
              + ": Activation: softmax leaves masks alone");
    }
  }

  /** An array with another value at masked elements, or that value added there. */
  private static INDArray masked(
      LayerContext context, String key, INDArray array, Mask mask, boolean adds, double value) {
    Memory from = context.dense(key + " unmasked", array);
    INDArray result = context.scratchLike(key + " masked", from.array());
    Memory to = context.dense(key + " masked", result);
    int length = Rows.length(result);
    RowMap positions = RowMap.rowMajor(result);
    Vec row = context.vec(key + " masked", length);
    for (int r = 0; r < positions.rows(); r++) {
      row.load(from, (long) r * length);
      for (int k = 0; k < length; k++) {
        int position = positions.offset(r) * length + k;
        int sample = position / mask.positions();
        if (!mask.isValid(sample, position % mask.positions())) {
          row.set(k, adds ? row.get(k) + value : value);
        }
      }
      row.store(to, (long) r * length);
    }
    return result;
  }

  /**
   * The keys.
   *
   * @param axis the axes
   * @param robustMasking whether masked elements are replaced
   */
  @Description("Softmax along one axis or several together.")
  public record Config(
      @Description(
              "the axis, or a list of axes that it goes along together; counted from 1 without the"
                  + " batch axis, or from the end: -1 is the last")
          @Default("-1")
          @NotEmpty
          List<Integer> axis,
      @Description(
              "whether masked elements become -1e9 before, which otherwise is added to them; keras3"
                  + " always does")
          @Default("false")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure = "leave it out: keras3 always masks so")
          boolean robustMasking) {}

  /** Brings {@code Softmax}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Softmax";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new SoftmaxLayer(config, semantics);
    }
  }
}
