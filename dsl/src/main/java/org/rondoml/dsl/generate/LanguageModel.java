package org.rondoml.dsl.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Shape;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Tokenizer;
import org.rondoml.dsl.run.SampleLoader;

/**
 * A model that takes a window of tokens and tells what comes next: after each of them, or after the
 * last.
 *
 * <p>Fewer tokens than a window stand at its start, with padding behind them. What the model says
 * after the last of them must not depend on the padding, which {@link #require} finds out by
 * computing it with two.
 */
public final class LanguageModel {
  /** How far logarithms of probabilities are apart at most that are the same but for rounding. */
  private static final double ROUNDING = 1e-4;

  /** How far the sum of probabilities is from 1 at most. */
  private static final double SUM_ROUNDING = 1e-3;

  private final Predictor predictor;
  private final SampleLoader loader;
  private final Tokenizer tokenizer;
  private final boolean logits;
  private final int window;
  private final int tokens;
  private final boolean everyStep;

  /**
   * A model.
   *
   * @param graph its layers
   * @param predictor computes it
   * @param loader changes its inputs as those of training were
   * @param tokenizer how it reads text
   * @param logits whether it puts out logits, as its loss says
   * @throws UsageException where it is another kind of model
   */
  public LanguageModel(
      Graph graph, Predictor predictor, SampleLoader loader, Tokenizer tokenizer, boolean logits) {
    this.predictor = predictor;
    this.loader = loader;
    this.tokenizer = tokenizer;
    this.logits = logits;
    this.tokens = tokenizer.vocabulary().size();
    List<Shape> inputs = graph.inputShapes();
    List<Shape> outputs = graph.outputShapes();
    boolean takesTokens = inputs.size() == 1 && inputs.get(0).rank() == 1;
    this.window = takesTokens ? Math.toIntExact(inputs.get(0).dimension(0)) : 0;
    Shape output = outputs.get(0);
    this.everyStep = output.rank() == 2 && output.dimension(0) == window;
    if (!takesTokens
        || window < 1
        || outputs.size() != 1
        || !(everyStep || output.rank() == 1)
        || output.dimension(-1) < tokens) {
      throw new UsageException(
          "a model that continues texts takes a window of tokens, such as (100), and puts out "
              + tokens
              + " numbers, one for each token, or such a row for each step of the window; this one"
              + " takes "
              + shown(inputs)
              + " and puts out "
              + shown(outputs));
    }
  }

  private static String shown(List<Shape> shapes) {
    return shapes.stream().map(Shape::toString).collect(Collectors.joining(" and "));
  }

  /**
   * Checks that the model can continue a text, and what will be put out.
   *
   * @param text numbers of tokens, one at least
   * @throws UsageException where it can't, as it looks ahead, or wants a whole window
   * @throws DataException where it puts out no probabilities
   */
  public void require(int[] text) {
    if (everyStep) {
      requireNoLookAhead(text);
    } else if (text.length < window) {
      requireMask(text);
    }
    next(text, text.length); // whose numbers may be no probabilities
  }

  private void requireNoLookAhead(int[] text) {
    int known = Math.min(text.length, window - 1);
    if (known == 0) {
      return;
    }
    int[] start = Arrays.copyOf(text, known);
    int last = known - 1;
    double[] once = answer(padded(start, 0, tokenizer.padding()), last);
    double[] again = answer(padded(start, 0, tokens - 1), last);
    if (differ(once, again)) {
      throw new UsageException(
          "the model looks ahead: what it says after a token depends on the tokens behind it, which"
              + " a text to be continued doesn't have; leave out Bidirectional and other layers that"
              + " look ahead, or train it with targets of the last step");
    }
  }

  /** A model that masks padding gives the same answer wherever the padding is. */
  private void requireMask(int[] text) {
    double[] behind = answer(padded(text, 0, tokenizer.padding()), 0);
    double[] before = answer(padded(text, window - text.length, tokenizer.padding()), 0);
    if (differ(behind, before)) {
      throw new UsageException(
          "--prompt: found "
              + text.length
              + (text.length == 1 ? " token" : " tokens")
              + ", expected at least "
              + window
              + ": the model answers after a whole window of them; one that is trained with a target"
              + " for every step, or masks padding, continues shorter texts");
    }
  }

  private static boolean differ(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i] && !(Math.abs(a[i] - b[i]) <= ROUNDING)) { // both may be infinite
        return true;
      }
    }
    return false;
  }

  /**
   * How likely each token is to come next: the logarithms of the probabilities, by number.
   *
   * @param text numbers of tokens
   * @param end how many of them there are, of which the last window counts
   * @throws DataException where the model puts out no probabilities
   */
  public double[] next(int[] text, int end) {
    int[] seen = Arrays.copyOfRange(text, Math.max(0, end - window), end);
    return answer(padded(seen, 0, tokenizer.padding()), everyStep ? seen.length - 1 : 0);
  }

  private int[] padded(int[] numbers, int from, int padding) {
    int[] padded = new int[window];
    Arrays.fill(padded, padding);
    System.arraycopy(numbers, 0, padded, from, numbers.length);
    return padded;
  }

  /** What the model says in a row of its output: the logarithms of the probabilities. */
  private double[] answer(int[] sample, int row) {
    INDArray x = Nd4j.createFromArray(new int[][] {sample});
    SampleData data =
        loader.transformed(new Dataset(Map.of("x", x), List.of(), null, "the text so far"));
    INDArray output = predictor.predict(data, 1).get(0);
    long units = output.size(-1);
    double[] numbers =
        output.reshape('c', output.length() / units, units).getRow(row).toDoubleVector();
    for (double number : numbers) {
      if (!Double.isFinite(number)) {
        throw new DataException(
            "the model puts out " + number + ": its weights are damaged, or training diverged");
      }
    }
    return logits ? logSoftmax(numbers) : logarithms(numbers);
  }

  private static double[] logSoftmax(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    double log = most + Math.log(Arrays.stream(logits).map(z -> Math.exp(z - most)).sum());
    return Arrays.stream(logits).map(z -> z - log).toArray();
  }

  private static double[] logarithms(double[] probabilities) {
    double sum = Arrays.stream(probabilities).sum();
    if (Math.abs(sum - 1) > SUM_ROUNDING || Arrays.stream(probabilities).anyMatch(p -> p < 0)) {
      throw new DataException(
          "the model puts out numbers that are no probabilities, whose sum is "
              + (float) sum
              + ": give its last layer activation: softmax, or its loss from_logits: true");
    }
    return Arrays.stream(probabilities).map(Math::log).toArray();
  }
}
