package org.rondoml.standard.layers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Drops elements at random while training:
 *
 * <pre>
 * mask = 0 with probability rate, else 1 / (1 - rate)
 * y    = x · mask
 * dx   = dy · mask
 * </pre>
 *
 * <p>So the expected value stays. In inference the output is the input itself. Any shape.
 * Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15,
 * 2014.
 */
public final class Dropout implements UnaryLayer {
  private final double rate;
  private final @Nullable Long seed;

  /** The layer with its keys. */
  public Dropout(Config config) {
    rate = config.rate();
    seed = config.seed();
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  /** The mask, the output and the gradient of the input. */
  @Override
  public Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return new Cost(0, 0, rate == 0 || !input.isKnown() ? 0 : 3 * input.size(), 0);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    if (rate == 0 || !context.training()) {
      return input;
    }
    Memory x = context.dense("x", input);
    INDArray output = context.scratchLike("y", x.array());
    Memory y = context.dense("y", output);
    Memory mask = context.dense("mask", context.scratchLike("mask", x.array()));
    context.plan("saved", Saved.class, Saved::new).mask = mask;
    int length = Rows.length(x.array());
    Vec in = context.window("x", length);
    Vec keep = context.window("keep", length);
    Vec out = context.window("y", length);
    RandomStream random = seed == null ? context.random() : context.random().derive(seed);
    for (long offset = 0; offset < x.length(); offset += length) {
      keep.writes(mask, offset).drop(random, rate, 1 / (1 - rate)).done();
      in.reads(x, offset);
      out.writes(y, offset).multiply(in, keep).done();
    }
    return output;
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    if (rate == 0) {
      return outputGradient;
    }
    Saved saved = context.plan("saved", Saved.class, Saved::new);
    Memory mask = saved.mask();
    Memory dy = Rows.align(context, "dy", outputGradient, mask.array());
    INDArray inputGradient = context.scratchLike("dx", mask.array());
    Memory dx = context.dense("dx", inputGradient);
    int length = Rows.length(inputGradient);
    Vec given = context.window("dy", length);
    Vec keep = context.window("keep", length);
    Vec result = context.window("dx", length);
    for (long offset = 0; offset < dx.length(); offset += length) {
      given.reads(dy, offset);
      keep.reads(mask, offset);
      result.writes(dx, offset).multiply(given, keep).done();
    }
    return inputGradient;
  }

  /** The mask on its way from forward to backward. */
  private static final class Saved {
    private @Nullable Memory mask;

    Memory mask() {
      Memory saved = mask;
      if (saved == null) {
        throw new IllegalStateException("backward before forward");
      }
      return saved;
    }
  }

  /**
   * The keys.
   *
   * @param rate the probability of dropping an element
   * @param seed another seed, other elements; null for the model's
   */
  @Description(
      "Drops elements at random while training and scales the others up; does nothing in"
          + " inference.")
  public record Config(
      @Description("the probability of dropping an element")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rate,
      @Description("mixed into the model's seed: another number drops other elements")
          @Nullable Long seed) {}

  /** Brings {@code Dropout}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Dropout";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Dropout(config);
    }
  }
}
