package org.rondoml.standard.layers.reshaping;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Permutation;
import org.rondoml.standard.layers.Reshaping;

/**
 * Joins all axes of a sample into one, row-major: (batch, a, b, c) becomes (batch, a·b·c). Where
 * the channels come first they are moved to the end before, so that a model gives the same
 * whichever it is:
 *
 * <pre>
 * channels_last:   y[a B C + b C + c]   = x[a, b, c]
 * channels_first:  y[b C A + c A + a]   = x[a, b, c]
 * </pre>
 *
 * <p>A sample that is a single number becomes one of shape (1). The gradient goes back the same
 * way. Masks end here. Source: Keras, {@code keras/src/layers/reshaping/flatten.py}.
 */
public final class Flatten implements UnaryLayer {
  private final boolean channelsFirst;

  /** The layer with its keys. */
  public Flatten(Config config) {
    channelsFirst = config.dataFormat() == DataFormat.CHANNELS_FIRST;
  }

  /** Where the channels are. */
  public enum DataFormat {
    /** The last axis. */
    CHANNELS_LAST,
    /** The first axis after the batch. */
    CHANNELS_FIRST
  }

  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.isKnown() ? input.size() : Shape.UNKNOWN);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    long batch = input.size(0);
    return Reshaping.of(context, "flat")
        .forward(context, channelsLast(context, input), batch, input.length() / batch);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    INDArray gradient = Reshaping.of(context, "flat").backward(context, outputGradient);
    return moves(gradient.rank())
        ? permutation(context, gradient.rank()).backward(context, gradient)
        : gradient;
  }

  private INDArray channelsLast(LayerContext context, INDArray input) {
    return moves(input.rank()) ? permutation(context, input.rank()).forward(context, input) : input;
  }

  private boolean moves(int rank) {
    return channelsFirst && rank > 2;
  }

  private static Permutation permutation(LayerContext context, int rank) {
    int[] axes =
        IntStream.range(0, rank)
            .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
            .toArray();
    return Permutation.of(context, "channels last", axes);
  }

  /**
   * The keys.
   *
   * @param dataFormat where the channels are
   */
  @Description("Joins all axes of a sample into one.")
  public record Config(
      @Description(
              "where the channels are: channels_first moves the first axis to the end before all"
                  + " are joined")
          @Default("channels_last")
          DataFormat dataFormat) {}

  /** Brings {@code Flatten}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Flatten";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Flatten(config);
    }
  }
}
