package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A recurrent layer that reads a sequence forwards beside one that reads it backwards (Schuster and
 * Paliwal, "Bidirectional recurrent neural networks", 1997; Keras {@code
 * layers/rnn/bidirectional.py}):
 *
 * <pre>
 * f = forward_layer(x)
 * b = backward_layer(x), turned round in time where it is a sequence
 * y = merge(f, b)
 * </pre>
 *
 * <p>Inputs: a sequence (batch, time, features), and optionally initial states, those of the
 * forward layer first. Output: as the layers', twice as wide for {@code concat}, two outputs for
 * {@code none}; then the last states of both where asked for. Parameters are those of the two
 * layers. With return_sequences masked steps put out zeros.
 */
public final class Bidirectional implements Layer {
  private static final String FORWARD = "forward_layer";
  private static final String BACKWARD = "backward_layer";

  private final Nested<Layer> forwardNested;
  private final Nested<Layer> backwardNested;
  private final Recurrent forwardLayer;
  private final Recurrent backwardLayer;
  private final MergeMode mergeMode;
  private final InnerPenalty forwardPenalty;
  private final InnerPenalty backwardPenalty;
  private final Semantics semantics;

  /**
   * The arguments of Keras' Bidirectional.
   *
   * @param layer reads forwards
   * @param mergeMode how the outputs are put together; null for not at all
   * @param backwardLayer reads backwards; null for one like the first
   */
  @Description(
      "A recurrent layer that reads a sequence forwards beside one that reads it backwards.")
  @Example("Bidirectional: {layer: {LSTM: {units: 32}}, merge_mode: concat}")
  public record Config(
      @Description("The recurrent layer that reads forwards.") Nested<Layer> layer,
      @Default("concat")
          @Description("How the two outputs are put together; none, or null, gives both.")
          @Nullable MergeMode mergeMode,
      @Description("The layer that reads backwards; one like the first when absent.")
          @Nullable Nested<Layer> backwardLayer) {}

  /**
   * A layer with these arguments.
   *
   * @throws ConfigException where the layers can't go together, or an RNN has an {@code
   *     activity_regularizer}, which tf_keras passes over
   */
  public Bidirectional(Config config, Semantics semantics) {
    forwardNested = config.layer();
    MergeMode given = config.mergeMode();
    mergeMode = given == null ? MergeMode.NONE : given;
    Recurrent first = recurrent(config.layer(), "layer", semantics);
    Nested<Layer> other = config.backwardLayer();
    backwardNested = other != null ? other : config.layer();
    boolean turned = semantics == Semantics.KERAS3 || !first.goesBackwards();
    Recurrent back =
        other != null ? recurrent(other, BACKWARD, semantics) : first.with(turned, false);
    check(first, back, other != null);
    forwardLayer = first.with(first.goesBackwards(), first.returnsSequences());
    backwardLayer = back.with(back.goesBackwards(), back.returnsSequences());
    forwardPenalty = new InnerPenalty(forwardLayer);
    backwardPenalty = new InnerPenalty(backwardLayer);
    this.semantics = semantics;
  }

  private static Recurrent recurrent(Nested<Layer> nested, String key, Semantics semantics) {
    if (nested.component() instanceof Recurrent layer) {
      if (semantics != Semantics.KERAS3
          && layer instanceof RNN
          && layer.activityRegularizer().isPresent()) {
        throw new ConfigException(
            key,
            "its layer has an activity_regularizer, which tf_keras passes over inside Bidirectional"
                + " where the layer is an RNN; leave it out, or use LSTM, GRU or SimpleRNN");
      }
      return layer;
    }
    throw new ConfigException(
        key,
        "found "
            + nested.id()
            + ", expected a recurrent layer, which reads a sequence in one direction or the other:"
            + " LSTM, GRU, SimpleRNN, RNN, ConvLSTM1D, ConvLSTM2D");
  }

  private static void check(Recurrent forward, Recurrent backward, boolean given) {
    if (forward.goesBackwards() == backward.goesBackwards()) {
      throw new ConfigException(
          given ? BACKWARD : "layer",
          given
              ? "both layers read in the same direction: give one of them go_backwards: true"
              : "go_backwards: true is for the layer that reads backwards: leave it out, or give a"
                  + " backward_layer");
    }
    if (forward.returnsSequences() != backward.returnsSequences()) {
      throw different("return_sequences");
    }
    if (forward.returnsState() != backward.returnsState()) {
      throw different("return_state");
    }
    if (forward.isStateful() != backward.isStateful()) {
      throw different("stateful");
    }
  }

  private static ConfigException different(String key) {
    return new ConfigException(
        BACKWARD, "has another " + key + " than layer: both layers need the same");
  }

  /** Keras 3 freezes only what is inside by itself. */
  @Override
  public boolean heedsTrainable() {
    return semantics != Semantics.KERAS3;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() > 1 && inputs.size() % 2 == 0) {
      int states = inputs.size() - 1;
      throw new ShapeMismatchException(
          "found a sequence and "
              + states
              + (states == 1 ? " initial state" : " initial states")
              + ", expected as many for the layer that reads forwards as for the one that reads"
              + " backwards: first those of the one, then those of the other");
    }
    List<Shape> forward = forwardLayer.outputShapes(ofForward(inputs));
    List<Shape> backward = backwardLayer.outputShapes(ofBackward(inputs));
    Shape f = forward.get(0);
    Shape b = backward.get(0);
    List<Shape> outputs = new ArrayList<>();
    if (mergeMode == MergeMode.NONE) {
      outputs.add(f);
      outputs.add(b);
    } else if (mergeMode == MergeMode.CONCAT) {
      outputs.add(f.withLast(f.dimension(-1) + b.dimension(-1)));
    } else {
      if (!f.equals(b)) {
        throw new ShapeMismatchException(
            "the layers put out shapes "
                + f
                + " and "
                + b
                + ", but merge_mode "
                + mergeMode.name().toLowerCase(java.util.Locale.ROOT)
                + " needs the same: give both the same units, or concatenate them");
      }
      outputs.add(f);
    }
    outputs.addAll(forward.subList(1, forward.size()));
    outputs.addAll(backward.subList(1, backward.size()));
    return outputs;
  }

  /** What the forward layer takes in: the sequence and the first half of the initial states. */
  private static <T> List<T> ofForward(List<T> inputs) {
    return inputs.isEmpty() ? inputs : inputs.subList(0, 1 + (inputs.size() - 1) / 2);
  }

  private static <T> List<T> ofBackward(List<T> inputs) {
    if (inputs.size() < 2) {
      return inputs;
    }
    List<T> own = new ArrayList<>();
    own.add(inputs.get(0));
    own.addAll(inputs.subList(1 + (inputs.size() - 1) / 2, inputs.size()));
    return own;
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    List<ParameterSpec> specs = new ArrayList<>();
    specs.addAll(
        forwardNested.parameters(forwardLayer.parameters(ofForward(inputs)), FORWARD, FORWARD));
    specs.addAll(
        backwardNested.parameters(
            backwardLayer.parameters(ofBackward(inputs)), BACKWARD, BACKWARD));
    // tf_keras' wrapper is trainable if the first layer is, and freezes both.
    return heedsTrainable() && forwardNested.isFrozen()
        ? specs.stream().map(ParameterSpec::frozen).toList()
        : RecurrentLayer.inOrderOf(semantics, specs);
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    Cost f = forwardLayer.cost(ofForward(inputs));
    Cost b = backwardLayer.cost(ofBackward(inputs));
    long merged = outputShapes(inputs).stream().filter(Shape::isKnown).mapToLong(Shape::size).sum();
    return new Cost(
        f.forwardFlops() + b.forwardFlops(),
        f.inputGradientFlops() + b.inputGradientFlops(),
        f.savedElements() + b.savedElements() + 2 * merged);
  }

  @Override
  public boolean reachesParameter(String parameter, List<Boolean> outputs) {
    return reaches(parameter.startsWith(FORWARD + "/"), outputs);
  }

  @Override
  public boolean reachesInput(int input, int inputs, List<Boolean> outputs) {
    return input == 0 || reaches(input <= (inputs - 1) / 2, outputs);
  }

  /** What is merged comes from both layers; an output that isn't, and a state, from one. */
  private boolean reaches(boolean forward, List<Boolean> outputs) {
    Recurrent layer = forward ? forwardLayer : backwardLayer;
    int merged = mergedOutputs();
    int half = (outputs.size() - merged) / 2;
    int firstState = forward ? merged : merged + half;
    return layer.activityRegularizer().isPresent()
        || outputs.get(forward ? 0 : merged - 1)
        || outputs.subList(firstState, firstState + half).contains(true);
  }

  private int mergedOutputs() {
    return mergeMode == MergeMode.NONE ? 2 : 1;
  }

  @Override
  public boolean isStateful() {
    return forwardLayer.isStateful();
  }

  @Override
  public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    Mask mask = forwardLayer.returnsSequences() ? context.mask(0) : null;
    return Collections.nCopies(mergedOutputs(), mask);
  }

  private LayerContext contextOf(LayerContext context, String place, int inputs) {
    List<Boolean> needs = new ArrayList<>(Collections.nCopies(inputs, true));
    needs.set(0, context.needsInputGradient(0));
    return context.nested(
        place, context.batchSize(), Collections.singletonList(context.mask(0)), needs);
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    List<INDArray> ofForward = ofForward(inputs);
    List<INDArray> ofBackward = ofBackward(inputs);
    LayerContext forward = contextOf(context, FORWARD, ofForward.size());
    LayerContext backward = contextOf(context, BACKWARD, ofBackward.size());
    List<INDArray> f = forwardLayer.forward(forward, ofForward);
    List<INDArray> b = backwardLayer.forward(backward, ofBackward);
    forwardPenalty.forward(forward, f);
    backwardPenalty.forward(backward, b);
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    pass.inputs = inputs.size();
    pass.forward = f;
    pass.backward = b;
    pass.merge = new Merge(context, mergeMode, forwardLayer.returnsSequences(), f.get(0), b.get(0));
    List<INDArray> outputs = new ArrayList<>(pass.merge.outputs());
    outputs.addAll(f.subList(1, f.size()));
    outputs.addAll(b.subList(1, b.size()));
    return outputs;
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    Merge merge = pass.merge;
    if (merge == null) {
      throw new IllegalStateException("backward before forward");
    }
    int merged = mergedOutputs();
    List<INDArray> states = outputGradients.subList(merged, outputGradients.size());
    Merge.Gradients gradients = merge.backward(outputGradients.subList(0, merged));
    List<INDArray> ofForward = new ArrayList<>(List.of(gradients.forward()));
    ofForward.addAll(states.subList(0, states.size() / 2));
    List<INDArray> ofBackward = new ArrayList<>(List.of(gradients.backward()));
    ofBackward.addAll(states.subList(states.size() / 2, states.size()));
    int half = 1 + (pass.inputs - 1) / 2;
    LayerContext forward = contextOf(context, FORWARD, half);
    LayerContext backward = contextOf(context, BACKWARD, half);
    List<INDArray> df =
        forwardLayer.backward(forward, forwardPenalty.backward(forward, pass.forward, ofForward));
    List<INDArray> db =
        backwardLayer.backward(
            backward, backwardPenalty.backward(backward, pass.backward, ofBackward));
    List<INDArray> all = new ArrayList<>();
    if (context.needsInputGradient(0)) {
      INDArray sum = context.scratchLike("dx", df.get(0));
      all.add(sum.assign(df.get(0)).addi(db.get(0)));
    } else {
      all.add(df.get(0));
    }
    all.addAll(df.subList(1, df.size()));
    all.addAll(db.subList(1, db.size()));
    return all;
  }

  /** What backward needs to know of the forward pass before it. */
  private static final class Pass {
    private @Nullable Merge merge;
    private List<INDArray> forward = List.of();
    private List<INDArray> backward = List.of();
    private int inputs;
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Bidirectional";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Bidirectional(config, semantics);
    }
  }
}
