package org.rondoml.standard.layers.regularization;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Drops whole features of a sequence at random while training: as {@link Dropout}, with noise that
 * is the same in all steps,
 *
 * <pre>
 * noise = 0 with probability rate, else 1 / (1 - rate), for each sample and feature
 * y_t   = x_t · noise
 * dx_t  = dy_t · noise
 * </pre>
 *
 * <p>x has the shape (batch, time, features). In inference the output is the input itself. Tompson
 * et al., "Efficient object localization using convolutional networks", CVPR 2015. Source: Keras,
 * {@code keras/src/layers/regularization/spatial_dropout.py}.
 */
public final class SpatialDropout1D implements UnaryLayer {
  private final Dropout dropout;

  /** The layer with its keys. */
  public SpatialDropout1D(Config config) {
    Shape sameInAllSteps = Shape.of(Shape.UNKNOWN, 1, Shape.UNKNOWN);
    dropout = new Dropout(new Dropout.Config(config.rate(), sameInAllSteps, config.seed()));
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 2) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", expected sequences (time, features): Dropout drops single elements of any shape");
    }
    return input;
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return dropout.cost(inputs);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    return dropout.forward(context, input);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return dropout.backward(context, outputGradient);
  }

  /**
   * The keys.
   *
   * @param rate the probability of dropping a feature
   * @param seed another seed, other features; null for the model's
   */
  @Description(
      "Drops whole features of a sequence at random while training, the same in all steps, and"
          + " scales the others up; does nothing in inference.")
  @Example("SpatialDropout1D: 0.2")
  public record Config(
      @Description("the probability of dropping a feature")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rate,
      @Description("mixed into the model's seed: another number drops other features")
          @Nullable Long seed) {}

  /** Brings {@code SpatialDropout1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "SpatialDropout1D";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new SpatialDropout1D(config);
    }
  }
}
