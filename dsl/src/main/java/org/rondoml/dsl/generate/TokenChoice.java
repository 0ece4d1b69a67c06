package org.rondoml.dsl.generate;

import org.rondoml.api.DataException;
import org.rondoml.core.random.RandomStream;

/**
 * Takes one of the tokens that may come next. With the temperature T, token i is drawn with the
 * probability
 *
 * <pre>
 * exp(log p_i / T) / sum_j exp(log p_j / T)
 * </pre>
 *
 * so T = 1 draws by the model's own probabilities, less is bolder in what is likely, and T = 0
 * takes the likeliest. Tokens that stand for no text are never taken, and not counted in the sum.
 */
public final class TokenChoice {
  private final double temperature;
  private final RandomStream random;
  private final int from;
  private final int to;

  /**
   * A choice.
   *
   * @param temperature at least 0
   * @param random what is drawn from
   * @param from the first number that may be taken
   * @param to the number after the last
   */
  public TokenChoice(double temperature, RandomStream random, int from, int to) {
    this.temperature = temperature;
    this.random = random;
    this.from = from;
    this.to = to;
  }

  /**
   * The number of the token that comes next.
   *
   * @param logProbabilities of the tokens by their numbers
   * @throws DataException where none of those that may be taken has a probability
   */
  public int of(double[] logProbabilities) {
    int likeliest = from;
    for (int i = from; i < to; i++) {
      if (logProbabilities[i] > logProbabilities[likeliest]) {
        likeliest = i;
      }
    }
    double most = logProbabilities[likeliest];
    if (!(most > Double.NEGATIVE_INFINITY)) {
      throw new DataException("the model gives no token that stands for text a probability");
    }
    return temperature == 0 ? likeliest : drawn(logProbabilities, most);
  }

  private int drawn(double[] logProbabilities, double most) {
    double[] weights = new double[to - from];
    double sum = 0;
    for (int i = from; i < to; i++) {
      weights[i - from] = Math.exp((logProbabilities[i] - most) / temperature);
      sum += weights[i - from];
    }
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          break;
        }
      }
    }
    return from + last;
  }
}
