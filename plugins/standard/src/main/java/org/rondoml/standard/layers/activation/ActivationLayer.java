package org.rondoml.standard.layers.activation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Rows;

/**
 * Applies an activation function to each row along the last axis:
 *
 * <pre>
 * y  = activation(x)
 * dx = dy · activation'(x)
 * </pre>
 *
 * <p>Any shape. Masks pass. In a model file it is called {@code Activation}, as in Keras.
 *
 * <p>Source: Keras, {@code keras/src/layers/activations/activation.py}.
 */
public class ActivationLayer implements UnaryLayer {
  private final Activation activation;

  /** The layer with its keys. */
  public ActivationLayer(Config config) {
    this(config.activation());
  }

  /** A layer of a function. */
  ActivationLayer(Activation activation) {
    this.activation = activation;
  }

  @Override
  public final Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public final boolean keepsMask() {
    return true;
  }

  @Override
  public final Optional<Activation> outputActivation() {
    return Optional.of(activation);
  }

  @Override
  public final INDArray forward(LayerContext context, INDArray input) {
    if (activation.isIdentity()) {
      return input;
    }
    Memory x = logits(context, context.dense("x", input));
    INDArray output = context.scratchLike("y", x.array());
    Memory y = context.dense("y", output);
    context.plan("saved", Saved.class, Saved::new).keep(x, y);
    int length = Rows.length(output);
    Vec row = context.vec("row", length);
    for (long offset = 0; offset < x.length(); offset += length) {
      row.load(x, offset);
      activation.forward(row, row);
      row.store(y, offset);
    }
    return output;
  }

  /** Leaves a copy of the input where the loss looks for it, if the loss may want it. */
  private Memory logits(LayerContext context, Memory x) {
    if (activation.link() == Activation.Link.OTHER) {
      return x;
    }
    Memory logits = context.dense("logits", context.scratchLike(LayerContext.LOGITS, x.array()));
    logits.copyFrom(x, 0, 0, x.length());
    return logits;
  }

  @Override
  public final INDArray backward(LayerContext context, INDArray outputGradient) {
    if (activation.isIdentity()) {
      return outputGradient;
    }
    Saved saved = context.plan("saved", Saved.class, Saved::new);
    Memory x = saved.x();
    Memory y = saved.y();
    Memory dy = Rows.align(context, "dy", outputGradient, y.array());
    INDArray inputGradient = context.scratchLike("dx", y.array());
    Memory dx = context.dense("dx", inputGradient);
    int length = Rows.length(inputGradient);
    Vec in = context.vec("in", length);
    Vec out = context.vec("out", length);
    Vec row = context.vec("row", length);
    for (long offset = 0; offset < y.length(); offset += length) {
      if (activation.gradientNeedsInput()) {
        in.load(x, offset);
      }
      row.load(dy, offset);
      activation.backward(in, out.load(y, offset), row, row);
      row.store(dx, offset);
    }
    return inputGradient;
  }

  @Override
  public final List<INDArray> backwardFromLogits(LayerContext context, INDArray logitsGradient) {
    return List.of(logitsGradient);
  }

  /** Input and output on their way from forward to backward. */
  private static final class Saved {
    private @Nullable Memory x;
    private @Nullable Memory y;

    void keep(Memory input, Memory output) {
      x = input;
      y = output;
    }

    Memory x() {
      return present(x);
    }

    Memory y() {
      return present(y);
    }

    private static Memory present(@Nullable Memory memory) {
      if (memory == null) {
        throw new IllegalStateException("backward before forward");
      }
      return memory;
    }
  }

  /**
   * The keys.
   *
   * @param activation the function
   */
  @Description("Applies an activation function to each row along the last axis.")
  @Example("Activation: relu")
  public record Config(@Description("the activation function") Activation activation) {}

  /** Brings {@code Activation}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Activation";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new ActivationLayer(config);
    }
  }
}
