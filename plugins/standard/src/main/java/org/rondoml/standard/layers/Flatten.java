package org.rondoml.standard.layers;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Joins all axes of a sample into one, row-major:
 *
 * <pre>
 * (batch, a, b, c) becomes (batch, a·b·c)
 * dx = dy in the shape of x
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/layers/reshaping/flatten.py}.
 */
public final class Flatten implements UnaryLayer {
  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.isKnown() ? input.size() : Shape.UNKNOWN);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Views views = context.plan("views", Views.class, Views::new);
    views.inputShape = input.shape();
    long batch = context.batchSize();
    return views.output.of(rowMajor(context, "y", input), batch, input.length() / batch);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Views views = context.plan("views", Views.class, Views::new);
    return views.inputGradient.of(rowMajor(context, "dx", outputGradient), views.inputShape);
  }

  private static INDArray rowMajor(LayerContext context, String key, INDArray array) {
    if (AxisOrder.isRowMajor(array)) {
      return array;
    }
    INDArray copy = context.scratch(key, array.shape());
    copy.assign(array);
    return copy;
  }

  /** What lasts from forward to backward, and to the next step. */
  private static final class Views {
    private final View output = new View();
    private final View inputGradient = new View();
    private long[] inputShape = {};
  }

  /** An array seen in another shape; made anew only for another array. */
  private static final class View {
    private @Nullable INDArray of;
    private @Nullable INDArray view;

    INDArray of(INDArray array, long... shape) {
      INDArray known = view;
      if (known == null || of != array) {
        known = array.reshape('c', shape);
        of = array;
        view = known;
      }
      return known;
    }
  }

  /** The keys. */
  @Description("Joins all axes of a sample into one.")
  public record Config() {}

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
      return new Flatten();
    }
  }
}
