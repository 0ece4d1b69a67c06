package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A layer applied to every step of a sequence, with the same parameters (Keras {@code
 * layers/rnn/time_distributed.py}):
 *
 * <pre>
 * y_t  = layer(x_t)
 * dx_t = layer'(dy_t)
 * </pre>
 *
 * <p>Input (batch, time, ...), output (batch, time, ...); the layer sees batch * time samples at
 * once. One whose samples depend on one another, such as BatchNormalization, sees the batch of each
 * step by itself in keras3, as Keras 3 calls it: so its statistics are those of a step, and its
 * moving averages move once a step. Parameters are the layer's.
 *
 * <p>The mask of the sequence (batch, time) is handed on; what a mask (batch, time, ...) says
 * beyond the time axis is the layer's own mask. In keras3 such a mask is handed on as it is; in tf1
 * and tf2 the output has the layer's masks, or where it gives none a mask (batch, time), in which a
 * step counts if anything in it does.
 */
public final class TimeDistributed implements Layer {
  private static final String LAYER = "layer";

  private final Nested<Layer> nested;
  private final Layer layer;
  private final InnerPenalty penalty;
  private final boolean byStep;
  private final boolean heedsTrainable;
  private final boolean handsMaskOn;

  /**
   * The arguments of Keras' TimeDistributed.
   *
   * @param layer the layer
   */
  @Description("Applies a layer to every step of a sequence.")
  @Example("TimeDistributed: {Dense: {units: 8}}")
  public record Config(@Description("The layer.") Nested<Layer> layer) {}

  /**
   * A layer with these arguments.
   *
   * @throws ConfigException where the layer has an {@code activity_regularizer}, which Keras 3
   *     passes over
   */
  public TimeDistributed(Config config, Semantics semantics) {
    nested = config.layer();
    layer = nested.component();
    penalty = new InnerPenalty(layer);
    heedsTrainable = semantics != Semantics.KERAS3;
    handsMaskOn = semantics == Semantics.KERAS3;
    byStep = semantics == Semantics.KERAS3 && layer.mixesSamples();
    if (semantics == Semantics.KERAS3 && layer.activityRegularizer().isPresent()) {
      throw new ConfigException(
          LAYER,
          "its layer has an activity_regularizer, which has no effect inside TimeDistributed in"
              + " semantics: keras3; leave it out, or apply the layer itself, if it takes in"
              + " sequences as it is");
    }
  }

  /** Keras 3 freezes only what is inside by itself. */
  @Override
  public boolean heedsTrainable() {
    return heedsTrainable;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() != 1 || inputs.get(0).rank() < 1) {
      throw new ShapeMismatchException(
          "found "
              + (inputs.size() == 1 ? "input of shape " + inputs.get(0) : inputs.size() + " inputs")
              + ", expected one sequence (time, ...)");
    }
    List<Shape> outputs = new ArrayList<>();
    for (Shape output : layer.outputShapes(step(inputs))) {
      List<Long> dimensions = new ArrayList<>();
      dimensions.add(inputs.get(0).dimension(0));
      dimensions.addAll(output.dimensions());
      outputs.add(new Shape(dimensions));
    }
    if (outputs.size() != 1) {
      throw new ShapeMismatchException(
          nested.id()
              + " puts out "
              + outputs.size()
              + " arrays at every step, expected one: leave out return_state");
    }
    return outputs;
  }

  /** The shape that the layer sees. */
  private static List<Shape> step(List<Shape> inputs) {
    List<Long> dimensions = inputs.get(0).dimensions();
    return List.of(new Shape(dimensions.subList(1, dimensions.size())));
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    return nested.parameters(layer.parameters(step(inputs)), LAYER, LAYER);
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    Cost ofStep = layer.cost(step(inputs));
    long steps = Math.max(1, inputs.get(0).dimension(0));
    return new Cost(
        steps * ofStep.forwardFlops(),
        steps * ofStep.inputGradientFlops(),
        steps * ofStep.savedElements());
  }

  @Override
  public boolean reachesInput(int input, int inputs, List<Boolean> outputs) {
    return layer.reachesInput(input, inputs, outputs);
  }

  @Override
  public boolean mixesSamples() {
    return layer.mixesSamples();
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    INDArray x = inputs.get(0);
    if (byStep) {
      return List.of(stepCalls(context).forward(x));
    }
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    pass.steps = Math.toIntExact(x.size(1));
    pass.batch = Math.toIntExact(x.size(0));
    pass.timeMajor = !AxisOrder.isRowMajor(x) && AxisOrder.isRowMajor(x.swapAxes(0, 1));
    pass.inner =
        context.nested(
            new LayerContext.InnerCall(LAYER, 0, nested.arguments().trainable()),
            pass.steps * pass.batch,
            Collections.singletonList(pass.maskOfLayer(context.mask(0), layer.mixesSamples())),
            List.of(context.needsInputGradient(0)));
    pass.input = pass.joined(context, "x", x);
    INDArray y = layer.forward(pass.inner, List.of(pass.input)).get(0);
    penalty.forward(pass.inner, List.of(y));
    pass.output = y;
    return List.of(pass.split(context, "y", y));
  }

  private StepCalls stepCalls(LayerContext context) {
    return context.plan(
        "calls",
        StepCalls.class,
        () -> new StepCalls(context, layer, LAYER, nested.arguments().trainable()));
  }

  @Override
  public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    Mask mask = context.mask(0);
    if (handsMaskOn) {
      return Collections.singletonList(mask);
    }
    Mask ofLayer = context.plan("pass", Pass.class, Pass::new).maskByLayer(layer);
    if (ofLayer != null) {
      return List.of(ofLayer);
    }
    return Collections.singletonList(mask == null ? null : ofTime(mask));
  }

  /** A step counts where anything in it does. */
  private static Mask ofTime(Mask mask) {
    if (mask.shape().rank() == 1) {
      return mask;
    }
    int steps = Math.toIntExact(mask.shape().dimension(0));
    int within = mask.positions() / steps;
    boolean[] valid = new boolean[mask.samples() * steps];
    for (int i = 0; i < valid.length; i++) {
      for (int k = 0; k < within; k++) {
        valid[i] |= mask.isValid(i / steps, i % steps * within + k);
      }
    }
    return Mask.of(Shape.of(steps), mask.samples(), valid);
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    if (byStep) {
      return List.of(stepCalls(context).backward(outputGradients.get(0)));
    }
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    LayerContext inner = pass.inner;
    INDArray y = pass.output;
    if (inner == null || y == null) {
      throw new IllegalStateException("backward before forward");
    }
    INDArray dy = pass.joined(context, "dy", outputGradients.get(0));
    INDArray dx = layer.backward(inner, penalty.backward(inner, List.of(y), List.of(dy))).get(0);
    return List.of(context.needsInputGradient(0) ? pass.split(context, "dx", dx) : dx);
  }

  /** The samples and steps of a forward pass, in the order in which they lie in memory. */
  private static final class Pass {
    private int steps;
    private int batch;
    private boolean timeMajor;
    private @Nullable LayerContext inner;
    private @Nullable INDArray input;
    private @Nullable INDArray output;

    /** (batch, time, ...) as (batch * time, ...). */
    INDArray joined(LayerContext context, String key, INDArray array) {
      long[] shape = array.shape();
      long[] joined = new long[shape.length - 1];
      joined[0] = shape[0] * shape[1];
      System.arraycopy(shape, 2, joined, 1, shape.length - 2);
      INDArray rows = timeMajor ? array.swapAxes(0, 1) : array;
      return rowMajor(context, key, rows).reshape('c', joined);
    }

    /** (batch * time, ...) as (batch, time, ...). */
    INDArray split(LayerContext context, String key, INDArray array) {
      long[] shape = array.shape();
      long[] split = new long[shape.length + 1];
      split[0] = timeMajor ? steps : batch;
      split[1] = timeMajor ? batch : steps;
      System.arraycopy(shape, 1, split, 2, shape.length - 1);
      INDArray rows = rowMajor(context, key, array).reshape('c', split);
      return timeMajor ? rows.swapAxes(0, 1) : rows;
    }

    /** An array, copied where it lies otherwise than its axes say. */
    private static INDArray rowMajor(LayerContext context, String key, INDArray array) {
      return AxisOrder.isRowMajor(array)
          ? array
          : context.scratch(key + " (row-major)", array.shape()).assign(array);
    }

    /**
     * What a mask says about the inside of steps.
     *
     * @param ofWhole whether the layer minds which whole steps count, too
     */
    @Nullable Mask maskOfLayer(@Nullable Mask mask, boolean ofWhole) {
      if (mask == null || (mask.shape().rank() == 1 && !ofWhole)) {
        return null;
      }
      List<Long> dimensions = mask.shape().dimensions();
      int within = mask.positions() / steps;
      boolean[] valid = new boolean[batch * steps * within];
      for (int i = 0; i < valid.length; i++) {
        int row = i / within;
        int sample = timeMajor ? row % batch : row / steps;
        int step = timeMajor ? row / batch : row % steps;
        valid[i] = mask.isValid(sample, step * within + i % within);
      }
      return Mask.of(new Shape(dimensions.subList(1, dimensions.size())), batch * steps, valid);
    }

    /** The mask of the sequence that the layer's masks of steps make; null where it gives none. */
    @Nullable Mask maskByLayer(Layer layer) {
      if (inner == null || input == null) {
        throw new IllegalStateException("masks before forward");
      }
      List<@Nullable Mask> masks = layer.outputMasks(inner, List.of(input));
      Mask ofSteps = masks.isEmpty() ? null : masks.get(0);
      if (ofSteps == null) {
        return null;
      }
      int within = ofSteps.positions();
      boolean[] valid = new boolean[batch * steps * within];
      for (int i = 0; i < valid.length; i++) {
        int sample = i / within / steps;
        int step = i / within % steps;
        valid[i] =
            ofSteps.isValid(timeMajor ? step * batch + sample : sample * steps + step, i % within);
      }
      List<Long> dimensions = new ArrayList<>(List.of((long) steps));
      dimensions.addAll(ofSteps.shape().dimensions());
      return Mask.of(new Shape(dimensions), batch, valid);
    }
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "TimeDistributed";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new TimeDistributed(config, semantics);
    }
  }
}
