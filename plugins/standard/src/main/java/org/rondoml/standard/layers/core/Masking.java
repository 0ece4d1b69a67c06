package org.rondoml.standard.layers.core;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Kept;
import org.rondoml.standard.layers.RowMap;
import org.rondoml.standard.layers.Rows;

/**
 * Masks the steps whose features are all a value, and makes them 0:
 *
 * <pre>
 * mask_t = any of x_t != mask_value
 * y_t    = x_t where mask_t, else 0
 * dx_t   = dy_t where mask_t, else 0
 * </pre>
 *
 * <p>x has the shape (batch, ..., features), the mask (batch, ...); a mask that x has is replaced.
 * Source: Keras, {@code keras/src/layers/core/masking.py}.
 */
public final class Masking implements UnaryLayer {
  private final double maskValue;

  /** The layer with its keys. */
  public Masking(Config config) {
    maskValue = config.maskValue();
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new ShapeMismatchException(
          "found inputs of shape (), expected sequences (time, features): Masking compares the"
              + " features of a step");
    }
    return input;
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Memory x = context.dense("x", input);
    Pass pass = passOf(context).of(List.of(x.array()), () -> new Pass(context, x.array()));
    Memory y = context.dense("y", pass.output);
    int length = Rows.length(pass.output);
    Vec in = context.window("x", length);
    double value = context.precision() == Precision.FLOAT32 ? (float) maskValue : maskValue;
    for (int row = 0; row < pass.positions.rows(); row++) {
      boolean isValid = differs(in.reads(x, (long) row * length), value);
      pass.valid[pass.positions.offset(row)] = isValid;
      pass.copyOrClear(isValid, x, y, row);
    }
    return pass.output;
  }

  private static boolean differs(Vec row, double value) {
    for (int k = 0; k < row.length(); k++) {
      if (row.get(k) != value) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    boolean[] valid = passOf(context).current().valid;
    INDArray input = inputs.get(0);
    Shape steps = Rows.sampleShape(input).withoutLast();
    return Collections.singletonList(Mask.of(steps, Math.toIntExact(input.size(0)), valid));
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Pass pass = passOf(context).current();
    Memory dy = Rows.align(context, "dy", outputGradient, pass.output);
    INDArray inputGradient = context.scratchLike("dx", pass.output);
    Memory dx = context.dense("dx", inputGradient);
    for (int row = 0; row < pass.positions.rows(); row++) {
      pass.copyOrClear(pass.valid[pass.positions.offset(row)], dy, dx, row);
    }
    return inputGradient;
  }

  private static KeptPass passOf(LayerContext context) {
    return context.plan("pass", KeptPass.class, KeptPass::new);
  }

  private static final class KeptPass extends Kept<Pass> {}

  /** The output and the mask for one layout of the input. */
  private static final class Pass {
    private final INDArray output;
    private final RowMap positions;
    private final boolean[] valid;

    Pass(LayerContext context, INDArray x) {
      output = context.scratchLike("y", x);
      positions = RowMap.rowMajor(output);
      valid = new boolean[positions.rows()];
    }

    void copyOrClear(boolean copies, Memory from, Memory to, int row) {
      int length = Rows.length(output);
      long at = (long) row * length;
      if (copies) {
        to.copyFrom(from, at, at, length);
      } else {
        to.clear(at, length);
      }
    }
  }

  /**
   * The keys.
   *
   * @param maskValue the value
   */
  @Description("Masks the steps of a sequence whose features are all a value.")
  @Example("Masking: {mask_value: -1.0}")
  public record Config(
      @Description("a step whose features are all this value is masked") @Default("0.0")
          double maskValue) {}

  /** Brings {@code Masking}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Masking";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Masking(config);
    }
  }
}
