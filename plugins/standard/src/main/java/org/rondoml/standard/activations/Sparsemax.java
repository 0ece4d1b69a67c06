package org.rondoml.standard.activations;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * Sparse probabilities along the last axis, as Keras 3.15 computes them. With c_j the sum of the j
 * largest elements of x, and k the number of j with x_(j) > (c_j - 1) / j, where x_(j) is the j-th
 * largest:
 *
 * <pre>
 * tau   = (c_1 + ... + c_k - 1) / k
 * y_i   = max(0, x_i - tau)
 * dx_i  = dy_i where y_i > 0, less (k + 1 - j) / k · sum of such dy where x_i is the j-th largest, j ≤ k
 * </pre>
 *
 * <p>Martins and Astudillo, "From softmax to sparsemax", 2016, have c_k in place of the sum, so
 * that y adds up to 1; Keras' doesn't, but for k = 1. Source: {@code sparsemax} in {@code
 * keras/src/backend/tensorflow/nn.py}.
 */
public final class Sparsemax implements Activation {
  /** The places of the elements, the largest first. */
  private static int[] largestFirst(Vec x) {
    return IntStream.range(0, x.length())
        .boxed()
        .sorted(Comparator.comparingDouble(place -> -x.get(place)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** k. */
  private static int support(Vec x, int[] places) {
    double sum = 0;
    int k = 0;
    for (int j = 1; j <= places.length; j++) {
      double largest = x.get(places[j - 1]);
      sum += largest;
      if (largest - (sum - 1) / j > 0) {
        k++;
      }
    }
    return k;
  }

  private static double tau(Vec x, int[] places, int k) {
    double sum = 0;
    double sums = 0;
    for (int j = 0; j < k; j++) {
      sum += x.get(places[j]);
      sums += sum;
    }
    return (sums - 1) / k;
  }

  @Override
  public void forward(Vec x, Vec y) {
    int[] places = largestFirst(x);
    double tau = tau(x, places, support(x, places));
    for (int i = 0; i < y.length(); i++) {
      y.set(i, Math.max(0, x.get(i) - tau));
    }
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    int[] places = largestFirst(x);
    int k = support(x, places);
    double sum = 0;
    for (int i = 0; i < y.length(); i++) {
      double shown = y.get(i) > 0 ? dy.get(i) : 0;
      sum += shown;
      dx.set(i, shown);
    }
    for (int j = 0; j < k; j++) {
      dx.set(places[j], dx.get(places[j]) - sum * (k - j) / k);
    }
  }

  @Override
  public boolean gradientNeedsInput() {
    return true;
  }

  @Override
  public boolean isElementWise() {
    return false;
  }

  /** The keys. */
  @KnownIn(value = Semantics.KERAS3, cure = "write semantics: keras3, or use softmax")
  @Description("Values of which many are 0, along the last axis, by Keras' formula.")
  public record Config() {}

  /** Brings {@code sparsemax}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "sparsemax";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Sparsemax();
    }
  }
}
