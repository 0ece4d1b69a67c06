package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/** What products are added to that are kept apart from the pre-activations: a bias, or zeros. */
final class BiasStart implements RecurrentTerm {
  private final LayerContext context;
  private final TimeLoop loop;
  private final Rows target;
  private final @Nullable BiasGradient bias;
  private final Vec row;
  private final Vec b;

  /**
   * A start.
   *
   * @param target where it is written to
   * @param bias the gradient of the second row of {@code bias}, which it is; null for zeros
   */
  BiasStart(LayerContext context, TimeLoop loop, Rows target, @Nullable BiasGradient bias) {
    this.context = context;
    this.loop = loop;
    this.target = target;
    this.bias = bias;
    row = context.window("row of products", loop.width());
    b = context.window("bias of products", loop.width());
  }

  @Override
  public void begin() {
    if (bias != null) {
      bias.begin();
    }
  }

  @Override
  public void forward(int step) {
    for (int sample = 0; sample < loop.batch(); sample++) {
      row.writes(target.memory(), target.at(step, sample));
      if (bias != null) {
        row.copy(b.reads(context.parameter("bias"), loop.width())).done();
      } else {
        row.fill(0).done();
      }
    }
  }

  @Override
  public void backward(int step) {
    if (bias != null) {
      bias.add(step);
    }
  }

  @Override
  public void clear(int step, int sample) {
    target.memory().clear(target.at(step, sample), loop.width());
  }

  @Override
  public void addGradients() {
    if (bias != null) {
      bias.end();
    }
  }
}
