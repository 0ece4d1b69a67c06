package org.rondoml.standard.layers.attention;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Kept;
import org.rondoml.standard.layers.Rows;

/**
 * Attention with several heads, each of which projects query, key and value in a way of its own:
 *
 * <pre>
 * q = x_q W_q + b_q,  k = x_k W_k + b_k,  v = x_v W_v + b_v      for each head
 * w_ij = softmax over j of q_i · k_j / sqrt(key_dim)
 * o_i  = sum_j w_ij v_j
 * y    = (o of all heads) W_o + b_o
 * </pre>
 *
 * <p>with, if {@code use_gate}, o · sigmoid(x_q W_g + b_g) instead of o. The gradients: as {@link
 * Projection}, {@link Attending}, {@link DotScores} and {@link AttentionWeights} have them.
 *
 * <p>The query has the shape (batch, queries, features), value and key (batch, values, features);
 * the output (batch, queries, output_shape). With more axes between batch and features, all steps
 * along all of them see each other. W_q, W_k are (features, num_heads, key_dim), W_v is (features,
 * num_heads, value_dim), W_o (num_heads, value_dim, output_shape), their biases the same without
 * the first axis, W_o's without two.
 *
 * <p>A masked value or key is not seen, a masked query sees nothing: in keras3 it then gets the
 * mean of all values, or with dropout zeros; in tf1 and tf2 masked scores are lowered by 10⁹, which
 * leaves it nearly what it would be without a mask. The output has the mask of the query. Keras
 * 3.15 forgets the masks of what went into this layer, so that a layer further on that takes the
 * same tensors finds them without; here they keep them.
 *
 * <p>Vaswani et al., "Attention is all you need", NIPS 2017. Source: Keras, {@code
 * keras/src/layers/attention/multi_head_attention.py}.
 */
public final class MultiHeadAttention implements Layer {
  private static final String QUERY = "query";
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String GATE = "gate";
  private static final String OUTPUT = "attention_output";

  private final Config config;
  private final Semantics semantics;
  private final int heads;
  private final int keyDim;
  private final int valueDim;

  /** The layer with its keys. */
  public MultiHeadAttention(Config config, Semantics semantics) {
    this.config = config;
    this.semantics = semantics;
    heads = config.numHeads();
    keyDim = config.keyDim();
    @Nullable Integer width = config.valueDim();
    valueDim = width == null ? keyDim : width;
  }

  /** Keras 3 freezes only the layers inside, which are not to be written in a model file. */
  @Override
  public boolean heedsTrainable() {
    return semantics != Semantics.KERAS3;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() != 2 && inputs.size() != 3) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + (inputs.size() == 1 ? " input" : " inputs")
              + ", expected query and value, or query, value and key: name them beside the layer,"
              + " from: [query, value], with the same name twice for self-attention");
    }
    Shape query = inputs.get(0);
    for (Shape input : inputs) {
      if (input.rank() < 2
          || input.rank() != query.rank()
          || input.dimension(-1) == Shape.UNKNOWN) {
        throw new ShapeMismatchException(
            "found inputs of shapes "
                + inputs
                + ", expected sequences (time, features) with a known number of features");
      }
    }
    Shape value = inputs.get(1);
    Shape key = inputs.get(inputs.size() - 1);
    if (!key.withLast(1).equals(value.withLast(1))) {
      throw new ShapeMismatchException(
          "found a value of shape "
              + value
              + " and a key of shape "
              + key
              + ": expected the same number of steps");
    }
    checkAxes(query);
    List<Long> sizes = new ArrayList<>(query.withoutLast().dimensions());
    sizes.addAll(outputShape(query).dimensions());
    return List.of(new Shape(sizes));
  }

  private void checkAxes(Shape query) {
    int rank = query.rank() + 1;
    List<Integer> all = IntStream.range(1, rank - 1).boxed().toList();
    List<Integer> axes = config.attentionAxes();
    if (axes != null
        && !axes.stream().map(a -> a < 0 ? a + rank : a).sorted().toList().equals(all)) {
      throw new ShapeMismatchException(
          "found attention_axes "
              + axes
              + " for inputs of shape "
              + query
              + ": attention goes over all axes but the last, "
              + all
              + "; leave attention_axes out");
    }
    if (query.rank() > 2 && (config.useCausalMask() || config.slidingWindow() != null)) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + query
              + ", expected sequences (time, features): use_causal_mask and sliding_window need an"
              + " order of steps");
    }
  }

  private Shape outputShape(Shape query) {
    Shape wanted = config.outputShape();
    return wanted == null ? Shape.of(query.dimension(-1)) : wanted;
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    Shape query = inputs.get(0);
    List<ParameterSpec> parameters = new ArrayList<>();
    add(parameters, QUERY, Shape.of(query.dimension(-1), heads, keyDim), 1);
    add(parameters, KEY, Shape.of(inputs.get(inputs.size() - 1).dimension(-1), heads, keyDim), 1);
    if (config.useGate()) {
      add(parameters, GATE, Shape.of(query.dimension(-1), heads, valueDim), 1);
    }
    add(parameters, VALUE, Shape.of(inputs.get(1).dimension(-1), heads, valueDim), 1);
    List<Long> output = new ArrayList<>(List.of((long) heads, (long) valueDim));
    output.addAll(outputShape(query).dimensions());
    add(parameters, OUTPUT, new Shape(output), 2);
    return parameters;
  }

  /**
   * Adds a projection's kernel and bias.
   *
   * @param summed the number of the kernel's axes that are summed over, which the bias hasn't
   */
  private void add(List<ParameterSpec> parameters, String name, Shape kernel, int summed) {
    parameters.add(
        new ParameterSpec(Projection.kernel(name), kernel, config.kernelInitializer())
            .in(group(name))
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    if (config.useBias()) {
      Shape bias = new Shape(kernel.dimensions().subList(summed, kernel.rank()));
      parameters.add(
          new ParameterSpec(Projection.bias(name), bias, config.biasInitializer())
              .in(group(name))
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
  }

  /** Where Keras' files keep a projection: by an attribute that is public in Keras 3, if any. */
  private String group(String name) {
    String attribute = (name.equals(OUTPUT) ? "output" : name) + "_dense";
    return semantics == Semantics.KERAS3 && !name.equals(GATE) ? attribute : "_" + attribute;
  }

  @Override
  public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    return Collections.singletonList(context.mask(0));
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    Shape query = inputs.get(0);
    Shape value = inputs.get(1);
    Shape key = inputs.get(inputs.size() - 1);
    if (!query.isKnown() || !value.isKnown()) {
      return new Cost(0, 0, 0);
    }
    long queries = query.withoutLast().size();
    long values = value.withoutLast().size();
    long keys = (long) heads * keyDim;
    long width = (long) heads * valueDim;
    long output = outputShape(query).size();
    long gate = config.useGate() ? width : 0;
    long flops =
        2 * queries * (query.dimension(-1) * (keys + gate) + width * output)
            + 2 * values * (key.dimension(-1) * keys + value.dimension(-1) * width)
            + 2 * queries * values * (keys + width);
    long scores = (config.dropout() > 0 ? 4L : 2L) * heads * queries * values;
    // What is projected, sorted by heads, with gradients.
    long projected = 4 * (queries * (keys + width + gate) + values * (keys + width));
    long gradients = inputs.stream().mapToLong(Shape::size).sum();
    return new Cost(flops, flops, scores + projected + 2 * queries * output + gradients);
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    List<Memory> x = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      x.add(context.dense("x" + i, inputs.get(i)));
    }
    List<INDArray> arrays = x.stream().map(Memory::array).toList();
    Pass pass =
        context
            .plan("pass", KeptPass.class, KeptPass::new)
            .of(arrays, () -> new Pass(context, arrays));
    Memory queries = pass.query.forward(x.get(0));
    Memory keys = pass.key.forward(x.get(x.size() - 1));
    Memory values = pass.value.forward(x.get(1));
    pass.attending.forward(queries, keys, values, pass.means.sorted(), visibility(context, inputs));
    Gate gate = pass.gate;
    Heads means = gate == null ? pass.means : gate.forward(x.get(0), pass.means);
    pass.output.forward(means.join());
    return List.of(pass.y);
  }

  private Visibility visibility(LayerContext context, List<INDArray> inputs) {
    Mask queries = mask(context, inputs, 0);
    Mask values = mask(context, inputs, 1);
    Mask keys = inputs.size() == 3 ? mask(context, inputs, 2) : null;
    @Nullable Integer window = config.slidingWindow();
    return new Visibility(
        queries, values, keys, config.useCausalMask(), window == null ? 0 : window);
  }

  private static @Nullable Mask mask(LayerContext context, List<INDArray> inputs, int input) {
    Mask mask = context.mask(input);
    if (mask != null && (inputs.get(input).rank() != 3 || mask.shape().rank() != 1)) {
      throw new ShapeMismatchException(
          "found a mask of shape "
              + mask.shape()
              + ": MultiHeadAttention uses masks of sequences (time, features) alone");
    }
    return mask;
  }

  private double factor() {
    double factor = 1 / Math.sqrt(keyDim);
    // Keras 3 keeps it in 32 bits, whatever the precision of the tensors.
    return semantics == Semantics.KERAS3 ? (float) factor : factor;
  }

  private Hiding hiding(int rank) {
    if (semantics == Semantics.KERAS3) {
      // Without dropout Keras 3 uses a fused operation, which masks in a way of its own.
      return config.dropout() == 0 && rank == 3 ? Hiding.LOWEST : Hiding.ZEROED;
    }
    return config.softmaxRobustMasking() ? Hiding.REPLACED : Hiding.LOWERED;
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = context.plan("pass", KeptPass.class, KeptPass::new).current();
    Memory dy = context.dense("dy", Rows.rowMajor(context, "dy", outputGradients.get(0)));
    pass.output.addGradients(dy);
    INDArray dJoined = pass.output.inputGradient(dy, pass.joinedLike);
    Memory dMeans = pass.meansGradients.sort(context.dense("djoined", dJoined));
    Gate gate = pass.gate;
    if (gate != null) {
      gate.backward(pass.means, dMeans);
    }
    pass.attending.backward(
        pass.query.vectors(),
        pass.key.vectors(),
        pass.value.vectors(),
        dMeans,
        pass.query.gradient(),
        pass.key.gradient(),
        pass.value.gradient());
    INDArray dQuery = pass.query.backward(context.needsInputGradient(0));
    if (gate != null) {
      dQuery = sum(context, dQuery, gate.inputGradient(context.needsInputGradient(0)), 0);
    }
    INDArray dValue = pass.value.backward(context.needsInputGradient(1));
    int keyInput = pass.hasKey ? 2 : 1;
    INDArray dKey = pass.key.backward(context.needsInputGradient(keyInput));
    return pass.hasKey
        ? List.of(dQuery, dValue, dKey)
        : List.of(dQuery, sum(context, dValue, dKey, 1));
  }

  /** Adds the second of two gradients of an input to the first, if they are needed. */
  private static INDArray sum(LayerContext context, INDArray first, INDArray second, int input) {
    if (!context.needsInputGradient(input)) {
      return first;
    }
    Memory total = context.dense("sum " + input, first);
    Memory more = context.dense("more " + input, second);
    int length = Rows.stretch(first);
    Vec sum = context.window("sum", length);
    Vec row = context.window("more", length);
    for (long at = 0; at < total.length(); at += length) {
      sum.updates(total, at);
      sum.add(sum, row.reads(more, at)).done();
    }
    return first;
  }

  private static final class KeptPass extends Kept<Pass> {}

  /** The projections and the output for one layout of the inputs. */
  private final class Pass {
    private final boolean hasKey;
    private final HeadProjection query;
    private final HeadProjection key;
    private final HeadProjection value;
    private final @Nullable Gate gate;
    private final Heads means;
    private final Heads meansGradients;
    private final Attending attending;
    private final Projection output;
    private final INDArray y;
    private final INDArray joinedLike;

    Pass(LayerContext context, List<INDArray> inputs) {
      hasKey = inputs.size() == 3;
      INDArray q = inputs.get(0);
      INDArray v = inputs.get(1);
      INDArray k = inputs.get(inputs.size() - 1);
      query = new HeadProjection(context, QUERY, config.useBias(), q, heads, keyDim);
      key = new HeadProjection(context, KEY, config.useBias(), k, heads, keyDim);
      value = new HeadProjection(context, VALUE, config.useBias(), v, heads, valueDim);
      int samples = Math.toIntExact(q.size(0));
      AttentionSizes sizes =
          new AttentionSizes(samples, heads, query.steps(), value.steps(), keyDim, valueDim);
      Scores scores = new DotScores(context, sizes, factor(), null);
      AttentionWeights weights =
          new AttentionWeights(context, sizes, hiding(q.rank()), config.dropout(), config.seed());
      attending = new Attending(context, sizes, scores, weights);
      joinedLike = context.scratch("joined", samples, query.steps(), (long) heads * valueDim);
      gate =
          config.useGate()
              ? new Gate(
                  context,
                  new HeadProjection(context, GATE, config.useBias(), q, heads, valueDim),
                  new Heads(context, "gated", joinedLike, heads, valueDim))
              : null;
      means = new Heads(context, "means", joinedLike, heads, valueDim);
      meansGradients = new Heads(context, "dmeans", joinedLike, heads, valueDim);
      int rows = samples * query.steps();
      int columns = Math.toIntExact(outputShape(Rows.sampleShape(q)).size());
      output = new Projection(context, OUTPUT, config.useBias(), rows, heads * valueDim, columns);
      Shape shape = outputShapes(inputs.stream().map(Rows::sampleShape).toList()).get(0);
      y = output.result().reshape('c', true, shape.withBatch(samples));
    }
  }

  /**
   * The keys.
   *
   * @param numHeads the number of heads
   * @param keyDim the length of a head's queries and keys
   * @param valueDim the length of a head's values; null for that of the keys
   * @param dropout the probability of dropping a weight
   * @param useBias whether the projections have biases
   * @param outputShape the shape of a step of the output; null for the query's
   * @param attentionAxes the axes that attention goes over; null for all
   * @param slidingWindow how far a step sees; null for all
   * @param kernelInitializer draws the kernels
   * @param biasInitializer draws the biases
   * @param kernelRegularizer the penalty on each kernel
   * @param biasRegularizer the penalty on each bias
   * @param kernelConstraint what each kernel is brought back to
   * @param biasConstraint what each bias is brought back to
   * @param softmaxRobustMasking whether masked scores are replaced
   * @param useGate whether what the heads give is gated
   * @param seed another seed, other weights dropped; null for the model's
   * @param useCausalMask whether a step sees none after it
   */
  @Description(
      "Attention with several heads, each of which projects query, key and value in a way of its"
          + " own.")
  @Example("MultiHeadAttention: {num_heads: 4, key_dim: 16}")
  public record Config(
      @Description("the number of heads") @Positive int numHeads,
      @Description("the length of a head's queries and keys") @Positive int keyDim,
      @Description("the length of a head's values; null for key_dim") @Positive
          @Nullable Integer valueDim,
      @Description("the probability of dropping a weight in training")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double dropout,
      @Description("whether the projections have biases") @Default("true") boolean useBias,
      @Description("the shape of a step of the output, mostly one size; null for the query's")
          @Nullable Shape outputShape,
      @Description("the axes that attention goes over: all but batch and features; null for these")
          @Nullable List<Integer> attentionAxes,
      @Description(
              "a step sees those less than so many steps away, itself among them; null for all")
          @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3 to use it")
          @Positive
          @Nullable Integer slidingWindow,
      @Description("what draws the kernels") @Default("glorot_uniform")
          Initializer kernelInitializer,
      @Description("what draws the biases") @Default("zeros") Initializer biasInitializer,
      @Description("the penalty on each kernel; null for none")
          @Nullable Regularizer kernelRegularizer,
      @Description("the penalty on each bias; null for none") @Nullable Regularizer biasRegularizer,
      @Description("what each kernel is brought back to after every update; null for nothing")
          @Nullable Constraint kernelConstraint,
      @Description("what each bias is brought back to after every update; null for nothing")
          @Nullable Constraint biasConstraint,
      @Description("whether masked scores become -1e9, which otherwise is added to them")
          @Default("false")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure = "leave it out: keras3 masks in a way of its own")
          boolean softmaxRobustMasking,
      @Description(
              "whether what the heads give is multiplied by sigmoids of a projection of the query")
          @Default("false")
          @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3 to use it")
          boolean useGate,
      @Description("mixed into the model's seed: another number drops other weights")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "the model's seed, at the top of the file, decides")
          @Nullable Long seed,
      @Description("whether a step sees none after its own; in Keras an argument of the call")
          @Default("false")
          boolean useCausalMask) {}

  /** Brings {@code MultiHeadAttention}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "MultiHeadAttention";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new MultiHeadAttention(config, semantics);
    }
  }
}
