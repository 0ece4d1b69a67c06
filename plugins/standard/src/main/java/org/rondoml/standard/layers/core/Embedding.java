package org.rondoml.standard.layers.core;

import jakarta.validation.constraints.Positive;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
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
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Rows;

/**
 * A vector for each whole number, such as that of a word:
 *
 * <pre>
 * y_t  = E[x_t]
 * dE[i] = sum of dy_t over all t with x_t = i
 * </pre>
 *
 * <p>x has any shape (batch, ...), y (batch, ..., output_dim), E (input_dim, output_dim). What is
 * behind the point of x is cut off. In keras3 -1 is the last number, -2 the one before, and so on.
 * With {@code mask_zero} steps with x = 0 are masked; a mask that x has is replaced or dropped.
 *
 * <p>Source: Keras, {@code keras/src/layers/core/embedding.py}.
 */
public final class Embedding implements UnaryLayer {
  private static final String EMBEDDINGS = "embeddings";

  private final Config config;
  private final int inputDim;
  private final int outputDim;
  private final boolean countsFromTheEnd;

  /** The layer with its keys. */
  public Embedding(Config config, Semantics semantics) {
    this.config = config;
    inputDim = config.inputDim();
    outputDim = config.outputDim();
    countsFromTheEnd = semantics == Semantics.KERAS3;
  }

  @Override
  public Shape outputShape(Shape input) {
    List<Integer> lengths = config.inputLength();
    if (lengths != null
        && !new Shape(lengths.stream().map(Integer::longValue).toList()).accepts(input)) {
      throw new ShapeMismatchException(
          "found inputs of shape " + input + ", but input_length says " + lengths);
    }
    return input.append(outputDim);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(
        new ParameterSpec(EMBEDDINGS, Shape.of(inputDim, outputDim), config.embeddingsInitializer())
            .with(config.embeddingsRegularizer(), config.embeddingsConstraint()));
  }

  @Override
  public OptionalLong inputClasses() {
    return OptionalLong.of(inputDim);
  }

  @Override
  public Optional<Regularizer> activityRegularizer() {
    return Optional.ofNullable(config.activityRegularizer());
  }

  /** Keras makes whole numbers of the input, and gradients end there. */
  @Override
  public boolean reachesInput(int input, int inputs, List<Boolean> outputs) {
    return false;
  }

  /** Nothing is multiplied; the output is kept, and the gradient of E. */
  @Override
  public Cost cost(List<Shape> inputs) {
    Shape output = outputShape(inputs.get(0));
    long gradient = (long) inputDim * outputDim;
    return new Cost(0, 0, gradient + (output.isKnown() ? output.size() : 0));
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    INDArray rowMajor = Rows.rowMajor(context, "x", input);
    int[] numbers = numbers(context, rowMajor);
    INDArray output = output(context, rowMajor);
    Memory y = context.dense("y", output);
    Memory embeddings = context.parameter(EMBEDDINGS);
    for (int t = 0; t < numbers.length; t++) {
      y.copyFrom(embeddings, (long) numbers[t] * outputDim, (long) t * outputDim, outputDim);
    }
    return output;
  }

  private INDArray output(LayerContext context, INDArray input) {
    return context.scratch("y", Rows.sampleShape(input).append(outputDim).withBatch(input.size(0)));
  }

  /** Reads the numbers, and keeps them for backward. */
  private int[] numbers(LayerContext context, INDArray input) {
    Memory x = context.dense("x", input);
    Looked looked = context.plan("looked", Looked.class, () -> new Looked((int) x.length()));
    int length = Rows.stretch(input);
    Vec row = context.window("x", length);
    for (int start = 0; start < looked.numbers.length; start += length) {
      row.reads(x, start);
      for (int k = 0; k < length; k++) {
        looked.numbers[start + k] = number(row.get(k));
        looked.valid[start + k] = row.get(k) != 0;
      }
    }
    return looked.numbers;
  }

  private int number(double found) {
    double whole = found < 0 ? Math.ceil(found) : Math.floor(found);
    double number = whole < 0 && countsFromTheEnd ? whole + inputDim : whole;
    // Written so that NaN is refused, too.
    if (!(number >= 0 && number < inputDim)) {
      throw new DataException(
          "Embedding: found "
              + (whole == found ? Long.toString((long) found) : Double.toString(found))
              + " in its input, expected whole numbers from 0 to "
              + (inputDim - 1)
              + ", as input_dim is "
              + inputDim
              + ": give it a larger input_dim, or look at the data");
    }
    return (int) number;
  }

  @Override
  public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    if (!config.maskZero()) {
      return List.of();
    }
    INDArray input = inputs.get(0);
    int samples = Math.toIntExact(input.size(0));
    boolean[] valid = looked(context).valid;
    return Collections.singletonList(Mask.of(Rows.sampleShape(input), samples, valid));
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    int[] numbers = looked(context).numbers;
    Memory dy = context.dense("dy", Rows.rowMajor(context, "dy", outputGradient));
    context.addRows(EMBEDDINGS, numbers, dy, 0);
    // Numbers have no gradient.
    INDArray none = context.scratch("dx", inputShape(outputGradient));
    context.dense("dx", none).clear();
    return none;
  }

  private static long[] inputShape(INDArray outputGradient) {
    return Rows.sampleShape(outputGradient).withoutLast().withBatch(outputGradient.size(0));
  }

  private static Looked looked(LayerContext context) {
    return context.plan(
        "looked",
        Looked.class,
        () -> {
          throw new IllegalStateException("backward before forward");
        });
  }

  /** The numbers that were looked up, sample by sample, and whether they count. */
  private static final class Looked {
    private final int[] numbers;
    private final boolean[] valid;

    Looked(int count) {
      numbers = new int[count];
      valid = new boolean[count];
    }
  }

  /**
   * The keys.
   *
   * @param inputDim how many numbers there are
   * @param outputDim the length of a vector
   * @param embeddingsInitializer draws the vectors
   * @param embeddingsRegularizer the penalty on the vectors
   * @param activityRegularizer the penalty on the output
   * @param embeddingsConstraint what the vectors are brought back to
   * @param maskZero whether 0 stands for a step that doesn't count
   * @param inputLength the number of steps
   */
  @Description("A vector for each whole number, such as that of a word.")
  @Example(
      """
    - Input: {shape: [80]}
    - Embedding: {input_dim: 10000, output_dim: 64, mask_zero: true}\
    """)
  public record Config(
      @Description("how many numbers there are: the largest plus 1") @Positive int inputDim,
      @Description("the length of a number's vector") @Positive int outputDim,
      @Description("what draws the vectors, a matrix of shape (input_dim, output_dim)")
          @Default("uniform")
          Initializer embeddingsInitializer,
      @Description("the penalty on the vectors; null for none")
          @Nullable Regularizer embeddingsRegularizer,
      @Description("the penalty on the output, divided by the size of the batch; null for none")
          @Nullable Regularizer activityRegularizer,
      @Description("what the vectors are brought back to after every update; null for nothing")
          @Nullable Constraint embeddingsConstraint,
      @Description("whether 0 stands for a step that is masked, and for no word of its own")
          @Default("false")
          boolean maskZero,
      @Description("the number of steps, or a list of sizes; null for what the input has")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure = "leave it out: the Input says it")
          @Nullable List<Integer> inputLength) {}

  /** Brings {@code Embedding}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Embedding";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Embedding(config, semantics);
    }
  }
}
