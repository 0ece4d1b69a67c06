package org.rondoml.standard.metrics;

import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Scope;

/**
 * A metric that is the mean of a loss over rows. In keras3, rows that the loss ignores count as
 * zeros unless something is weighted or masked.
 *
 * <p>Source: {@code MeanMetricWrapper} in {@code keras/src/metrics/reduction_metrics.py} and {@code
 * tf_keras/src/metrics/base_metric.py}.
 */
public final class LossMean extends MeanOverRows {
  private final Loss loss;
  private final Semantics semantics;
  private final double sign;

  /** The mean of a loss under a name. */
  public LossMean(String name, Loss loss, Semantics semantics) {
    this(name, loss, semantics, 1);
  }

  private LossMean(String name, Loss loss, Semantics semantics, double sign) {
    super(name);
    this.loss = loss;
    this.semantics = semantics;
    this.sign = sign;
  }

  /** The same of the loss's negative. */
  LossMean negated() {
    return with(loss, -sign);
  }

  private LossMean with(Loss other, double otherSign) {
    return new LossMean(name(), other, semantics, otherSign);
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss ofModel) {
    return with(loss.resolve(target, output), sign);
  }

  @Override
  public Scope scope() {
    return loss.scope();
  }

  @Override
  public int rowAxis() {
    return loss.rowAxis();
  }

  @Override
  public Optional<Metric> fromLogits(Activation.Link link) {
    return loss.fromLogits(link).map(ofLogits -> with(ofLogits, sign));
  }

  @Override
  public int sums() {
    return loss.sums();
  }

  @Override
  public void gather(Vec target, Vec output, double[] sums) {
    loss.gather(target, output, sums);
  }

  @Override
  public Metric given(double[] sums) {
    return with(loss.given(sums), sign);
  }

  @Override
  protected double value(Vec target, Vec output) {
    return sign * loss.value(target, output);
  }

  @Override
  protected boolean ignores(Vec target) {
    return loss.ignores(target);
  }

  @Override
  protected boolean countsIgnored() {
    return semantics == Semantics.KERAS3;
  }
}
