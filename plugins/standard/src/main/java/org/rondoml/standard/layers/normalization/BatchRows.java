package org.rondoml.standard.layers.normalization;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.normalization.BatchNormalization.Config;

/**
 * One pass of a {@link BatchNormalization}, with the channels along the rows, in the letters of the
 * rule there.
 */
final class BatchRows {
  /** Keras 3 divides by the sum of a mask's values and this. */
  private static final double KERAS_EPSILON = 1e-7;

  /** TensorFlow's fused kernel takes no less. */
  private static final double FUSED_EPSILON = 1.001e-5;

  private @Nullable Pass pass;

  /** What one input asks for, kept from forward to backward. */
  private record Pass(
      Config config,
      Semantics semantics,
      LastAxes axes,
      boolean fused,
      Memory x,
      @Nullable Memory weights,
      boolean learns) {
    int channels() {
      return axes.rowLength(x.array());
    }

    double epsilon() {
      return fused ? Math.max(config.epsilon(), FUSED_EPSILON) : config.epsilon();
    }
  }

  /** Begins a pass. */
  void begin(
      LayerContext context,
      Config config,
      Semantics semantics,
      LastAxes axes,
      boolean fused,
      INDArray input) {
    Memory x = context.rowMajor("x", axes.see(input));
    boolean learns = context.training() && context.trainable();
    Mask mask = learns && !fused ? context.mask(0) : null;
    Memory weights =
        mask == null ? null : context.rowMajor("w seen", axes.see(weights(context, mask, input)));
    pass = new Pass(config, semantics, axes, fused, x, weights, learns);
  }

  /** The mask as numbers, each as often as the last axis has elements. */
  private static INDArray weights(LayerContext context, Mask mask, INDArray input) {
    int last = Math.toIntExact(input.size(input.rank() - 1));
    if (mask.shape().rank() != input.rank() - 2
        || mask.positions() * (long) last * mask.samples() != input.length()) {
      throw new ShapeMismatchException(
          "found a mask of shape "
              + mask.shape()
              + " for batch normalization, expected a value for each position but those of the"
              + " last axis");
    }
    Memory weights = context.dense("w", context.scratch("w", input.shape()));
    Vec row = context.window("w", last);
    long at = 0;
    for (int sample = 0; sample < mask.samples(); sample++) {
      for (int position = 0; position < mask.positions(); position++) {
        row.writes(weights, at).fill(mask.isValid(sample, position) ? 1 : 0).done();
        at += last;
      }
    }
    return weights.array();
  }

  private Pass pass() {
    Pass begun = pass;
    if (begun == null) {
      throw new IllegalStateException("backward before forward");
    }
    return begun;
  }

  LastAxes axes() {
    return pass().axes();
  }

  /** Computes y, and in training the next moving averages. */
  INDArray forward(LayerContext context) {
    Pass p = pass();
    int channels = p.channels();
    Vec mean = context.vec("mean", channels);
    Vec variance = context.vec("variance", channels);
    Vec inv = context.vec("inv", channels);
    Vec r = context.vec("r", channels).fill(1);
    Vec d = context.vec("d", channels).fill(0);
    if (p.learns()) {
      moments(context, p, mean, variance);
      if (p.config().renorm()) {
        renorm(context, p, mean, variance, r, d);
      } else {
        moveVariance(context, p, variance);
      }
      move(context, p, BatchNormalization.MOVING_MEAN, p.config().momentum(), mean);
    } else {
      mean.load(context.parameter(BatchNormalization.MOVING_MEAN), 0);
      variance.load(context.parameter(BatchNormalization.MOVING_VARIANCE), 0);
    }
    inv.map(variance, v -> 1 / Math.sqrt(v + p.epsilon()));

    // y = gamma (u r + d) + beta = (x - mean) · scale + shift
    Vec scale = context.vec("scale", channels).multiply(inv, r);
    Vec shift = context.vec("shift", channels).copy(d);
    if (p.config().scale()) {
      Vec gamma = context.vec("gamma", channels);
      gamma.load(context.parameter(BatchNormalization.GAMMA), 0);
      scale.multiply(scale, gamma);
      shift.multiply(shift, gamma);
    }
    if (p.config().center()) {
      Vec beta = context.vec("beta", channels);
      shift.add(shift, beta.load(context.parameter(BatchNormalization.BETA), 0));
    }
    Memory y = context.dense("y", context.scratch("y", p.x().array().shape()));
    Vec in = context.window("x", channels);
    Vec out = context.window("y", channels);
    for (long at = 0; at < y.length(); at += channels) {
      out.writes(y, at).subtract(in.reads(p.x(), at), mean);
      out.multiply(out, scale).add(out, shift).done();
    }
    return y.array();
  }

  /** The mean and the variance of this batch, and n, divided by which they are. */
  private static void moments(LayerContext context, Pass p, Vec mean, Vec variance) {
    int channels = p.channels();
    Vec n = context.vec("n", channels);
    Vec row = context.window("x", channels);
    Vec w = context.window("w", channels);
    Vec difference = context.vec("difference", channels);
    ColumnSum sum = new ColumnSum(context, "sum", channels);
    count(context, p, n);
    sum.begin();
    for (long at = 0; at < p.x().length(); at += channels) {
      row.reads(p.x(), at);
      if (p.weights() == null) {
        sum.add(row);
      } else {
        sum.addProduct(row, w.reads(p.weights(), at));
      }
    }
    mean.divide(sum.end(), n);
    sum.begin();
    for (long at = 0; at < p.x().length(); at += channels) {
      difference.subtract(row.reads(p.x(), at), mean);
      if (p.weights() != null) {
        difference.multiply(difference, w.reads(p.weights(), at));
      }
      sum.addProduct(difference, difference);
    }
    variance.divide(sum.end(), n);
  }

  /** n, the sum of the weights. */
  private static void count(LayerContext context, Pass p, Vec n) {
    Memory weights = p.weights();
    if (weights == null) {
      n.fill((double) p.x().length() / n.length());
      return;
    }
    ColumnSum sum = new ColumnSum(context, "sum", n.length());
    Vec w = context.window("w", n.length());
    sum.begin();
    for (long at = 0; at < weights.length(); at += n.length()) {
      sum.add(w.reads(weights, at));
    }
    n.affine(sum.end(), 1, extra(p));
  }

  /** What n is larger by than the sum of the weights. */
  private static double extra(Pass p) {
    return p.weights() != null && p.semantics() == Semantics.KERAS3 ? KERAS_EPSILON : 0;
  }

  private static void moveVariance(LayerContext context, Pass p, Vec variance) {
    Vec unbiased = context.vec("unbiased", variance.length()).copy(variance);
    if (p.fused()) {
      double rows = (double) p.x().length() / variance.length();
      unbiased.scale(variance, rows / Math.max(1, rows - 1));
    }
    move(context, p, BatchNormalization.MOVING_VARIANCE, p.config().momentum(), unbiased);
  }

  /** Leaves the next value of a moving average, and returns it. */
  private static Vec move(LayerContext context, Pass p, String name, double momentum, Vec value) {
    Vec moving = context.vec(name, value.length()).load(context.latest(name), 0);
    // tf_keras keeps 1 - momentum in single precision whatever the rest is computed in.
    double taken = p.semantics() == Semantics.KERAS3 ? 1 - momentum : (float) (1 - momentum);
    moving.blend(1 - taken, value, taken);
    moving.store(context.next(name), 0);
    return moving;
  }

  /** The corrections r and d, and the next moving averages of deviations. */
  private static void renorm(LayerContext context, Pass p, Vec mean, Vec variance, Vec r, Vec d) {
    int channels = p.channels();
    double epsilon = p.config().epsilon();
    Vec stddev = context.vec("stddev", channels);
    stddev.map(variance, v -> Math.sqrt(v + epsilon));
    Vec movingMean = context.vec("renorm mean", channels);
    movingMean.load(context.latest(BatchNormalization.RENORM_MEAN), 0);
    Vec movingStddev = context.vec("renorm stddev", channels);
    movingStddev.load(context.latest(BatchNormalization.RENORM_STDDEV), 0);
    movingStddev.map(movingStddev, s -> Math.max(s, Math.sqrt(epsilon)));
    r.divide(stddev, movingStddev);
    d.subtract(mean, movingMean).divide(d, movingStddev);
    BatchNormalization.Clipping bounds = p.config().renormClipping();
    if (bounds != null) {
      r.clip(
          r,
          bounds.rmin() == null ? Double.NEGATIVE_INFINITY : bounds.rmin(),
          bounds.rmax() == null ? Double.POSITIVE_INFINITY : bounds.rmax());
      double dmax = bounds.dmax() == null ? Double.POSITIVE_INFINITY : bounds.dmax();
      d.clip(d, -dmax, dmax);
    }
    double renormMomentum = p.config().renormMomentum();
    move(context, p, BatchNormalization.RENORM_MEAN, renormMomentum, mean);
    move(context, p, BatchNormalization.RENORM_STDDEV, renormMomentum, stddev);
    Vec moved = move(context, p, BatchNormalization.MOVING_STDDEV, p.config().momentum(), stddev);
    Vec movedVariance = context.vec("moved variance", channels);
    movedVariance.map(moved, s -> Math.max(0, s * s - epsilon));
    movedVariance.store(context.next(BatchNormalization.MOVING_VARIANCE), 0);
  }

  /** Adds the gradients of gamma and beta, and computes dx. */
  INDArray backward(LayerContext context, INDArray outputGradient) {
    Pass p = pass();
    int channels = p.channels();
    Memory dy = context.rowMajor("dy", p.axes().see(outputGradient));
    Vec mean = context.vec("mean", channels);
    Vec inv = context.vec("inv", channels);
    Vec scale = context.vec("scale", channels);
    Vec row = context.window("x", channels);
    Vec dyRow = context.window("dy", channels);
    Vec u = context.vec("u", channels);
    ColumnSum dyU = new ColumnSum(context, "sum of dy u", channels);
    ColumnSum dySum = new ColumnSum(context, "sum of dy", channels);
    dyU.begin();
    dySum.begin();
    for (long at = 0; at < dy.length(); at += channels) {
      u.subtract(row.reads(p.x(), at), mean).multiply(u, inv);
      dyRow.reads(dy, at);
      dyU.addProduct(dyRow, u);
      dySum.add(dyRow);
    }
    Vec sumOfDyU = dyU.end();
    Vec sumOfDy = dySum.end();
    addParameterGradients(context, p, sumOfDyU, sumOfDy);

    // scale = gamma · r · inv, so g · inv = dy · scale, and what the sums of g are made of
    Memory dx = context.dense("dx", context.scratch("dx", dy.array().shape()));
    Vec toMean = context.vec("dmean", channels).fill(0);
    Vec toVariance = context.vec("dvariance", channels).fill(0);
    if (p.learns()) {
      momentGradients(context, p, sumOfDyU, sumOfDy, toMean, toVariance);
    }
    Vec w = context.window("w", channels);
    Vec out = context.window("dx", channels);
    Vec ofMoments = context.vec("of moments", channels);
    for (long at = 0; at < dy.length(); at += channels) {
      out.writes(dx, at).multiply(dyRow.reads(dy, at), scale);
      if (p.learns()) {
        ofMoments.subtract(row.reads(p.x(), at), mean).multiply(ofMoments, toVariance);
        ofMoments.add(ofMoments, toMean);
        if (p.weights() != null) {
          ofMoments.multiply(ofMoments, w.reads(p.weights(), at));
        }
        out.add(out, ofMoments);
      }
      out.done();
    }
    return dx.array();
  }

  /** dgamma = sum of dy (u r + d), dbeta = sum of dy. */
  private static void addParameterGradients(
      LayerContext context, Pass p, Vec sumOfDyU, Vec sumOfDy) {
    int channels = sumOfDy.length();
    if (p.config().scale()) {
      Vec r = context.vec("r", channels);
      Vec d = context.vec("d", channels);
      Vec gradient = context.vec("dgamma", channels);
      gradient.sumOfProducts(sumOfDyU, r, sumOfDy, d);
      add(context, BatchNormalization.GAMMA, gradient);
    }
    if (p.config().center()) {
      add(context, BatchNormalization.BETA, sumOfDy);
    }
  }

  private static void add(LayerContext context, String parameter, Vec gradient) {
    Vec sum = context.window("gradient", gradient.length());
    sum.updates(context.gradient(parameter), 0).add(sum, gradient).done();
  }

  /**
   * dmean / n and 2 dvariance / n, by which dx_i is larger, the latter times (x_i - mean). With an
   * n larger by e than the sum of weights, the variance changes with the mean, by -2 mean e / n.
   */
  private static void momentGradients(
      LayerContext context, Pass p, Vec sumOfDyU, Vec sumOfDy, Vec toMean, Vec toVariance) {
    int channels = sumOfDy.length();
    Vec n = context.vec("n", channels);
    Vec mean = context.vec("mean", channels);
    Vec inv = context.vec("inv", channels);
    Vec scale = context.vec("scale", channels);
    // dvariance = -1/2 inv² sum of g u = -1/2 inv scale sum of dy u
    toVariance.multiply(inv, scale).multiply(toVariance, sumOfDyU).scale(toVariance, -0.5);
    toMean.multiply(scale, sumOfDy).scale(toMean, -1);
    double extra = extra(p);
    if (extra != 0) {
      Vec more = context.vec("more", channels).multiply(mean, toVariance);
      toMean.addScaled(more.divide(more, n), -2 * extra);
    }
    toMean.divide(toMean, n);
    toVariance.divide(toVariance, n).scale(toVariance, 2);
  }
}
