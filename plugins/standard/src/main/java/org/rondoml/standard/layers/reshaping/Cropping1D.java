package org.rondoml.standard.layers.reshaping;

import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Takes away the steps at both ends of a sequence:
 *
 * <pre>
 * y  = x without the ends
 * dx = (0 ..., dy, ... 0)
 * </pre>
 *
 * <p>x has the shape (batch, steps, channels), y (batch, steps - before - after, channels). Masks
 * end here.
 *
 * <p>Source: Keras, {@code keras/src/layers/reshaping/cropping1d.py}.
 */
public final class Cropping1D implements UnaryLayer {
  private final Margins margins;

  /** The layer with its keys. */
  public Cropping1D(Config config) {
    margins = Margins.of("cropping", config.cropping());
  }

  @Override
  public Shape outputShape(Shape input) {
    Margins.checkSequence(input);
    long steps = input.dimension(0);
    if (steps == Shape.UNKNOWN) {
      return input;
    }
    if (steps <= margins.both()) {
      throw new ShapeMismatchException(
          "the output would be empty: cropping takes away "
              + margins.both()
              + " of "
              + steps
              + " steps; expected fewer");
    }
    return Shape.of(steps - margins.both(), input.dimension(1));
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    return margins.take(context, "y", input);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return margins.put(context, "dx", outputGradient);
  }

  /**
   * The keys.
   *
   * @param cropping the steps to take away at both ends, or at each
   */
  @Description("Takes away the steps at both ends of a sequence.")
  @Example("Cropping1D: [1, 2]")
  public record Config(
      @Description("how many steps: a number for both ends, or two, [before, after]")
          @Default("[1, 1]")
          List<@PositiveOrZero Integer> cropping) {
    /** Checks the number of numbers. */
    public Config {
      cropping = List.copyOf(cropping);
      Margins.of("cropping", cropping);
    }
  }

  /** Brings {@code Cropping1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Cropping1D";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Cropping1D(config);
    }
  }
}
