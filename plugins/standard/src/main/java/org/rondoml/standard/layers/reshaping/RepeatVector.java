package org.rondoml.standard.layers.reshaping;

import jakarta.validation.constraints.Positive;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Rows;

/**
 * Makes a sequence of a vector, which is the same in each of its n steps:
 *
 * <pre>
 * y_t = x            t = 1 ... n
 * dx  = sum_t dy_t
 * </pre>
 *
 * <p>x has the shape (batch, features), y (batch, n, features). Masks end here. Source: Keras,
 * {@code keras/src/layers/reshaping/repeat_vector.py}.
 */
public final class RepeatVector implements UnaryLayer {
  private final int n;

  /** The layer with its keys. */
  public RepeatVector(Config config) {
    n = config.n();
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", expected vectors (features)"
              + (input.rank() > 1
                  ? ": a recurrent layer before this one gives one with return_sequences: false, or"
                      + " Flatten makes one"
                  : ""));
    }
    return Shape.of(n, input.dimension(0));
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Memory x = context.dense("x", input);
    int batch = (int) input.size(0);
    int features = (int) input.size(1);
    INDArray output = context.scratch("y", batch, n, features);
    Memory y = context.dense("y", output);
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < n; t++) {
        y.copyFrom(x, (long) b * features, ((long) b * n + t) * features, features);
      }
    }
    return output;
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    int batch = (int) outputGradient.size(0);
    int features = (int) outputGradient.size(2);
    Memory dy = context.dense("dy", Rows.rowMajor(context, "dy", outputGradient));
    INDArray inputGradient = context.scratch("dx", batch, features);
    Memory dx = context.dense("dx", inputGradient);
    Vec sum = context.window("dx", features);
    Vec step = context.window("dy", features);
    for (int b = 0; b < batch; b++) {
      sum.writes(dx, (long) b * features).copy(step.reads(dy, (long) b * n * features));
      for (int t = 1; t < n; t++) {
        sum.add(sum, step.reads(dy, ((long) b * n + t) * features));
      }
      sum.done();
    }
    return inputGradient;
  }

  /**
   * The keys.
   *
   * @param n the number of steps
   */
  @Description("Makes a sequence of a vector, which is the same in each step.")
  @Example(
      """
    - Input: {shape: [28]}
    - RepeatVector: 5\
    """)
  public record Config(@Description("the number of steps") @Positive int n) {}

  /** Brings {@code RepeatVector}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "RepeatVector";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new RepeatVector(config);
    }
  }
}
