package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * X W + b for all gates at once, and for many steps. With dropout it is (X * m) W + b, the mask m
 * being the same at every step.
 *
 * <p>Where nothing goes back, a few steps are computed at a time: what is in use then stays in the
 * cache, however long the sequence.
 */
final class WholeInput implements InputTerm {
  private final LayerContext context;
  private final TimeLoop loop;
  private final boolean hasBias;
  private final LoopInput input;
  private final @Nullable StepDropout dropout;
  private final List<Products> products = new ArrayList<>();
  private final @Nullable PackedProduct gradientTimesKernel;
  private final @Nullable Memory gradient;

  private @Nullable Memory x;

  /**
   * The term.
   *
   * @param dropout the mask of the inputs, or null where nothing is dropped
   */
  WholeInput(
      LayerContext context,
      TimeLoop loop,
      boolean hasBias,
      LoopInput input,
      @Nullable StepDropout dropout) {
    this.context = context;
    this.loop = loop;
    this.hasBias = hasBias;
    this.input = input;
    this.dropout = dropout;
    products(0);
    if (!context.forwardOnly() && context.needsInputGradient(0)) {
      gradientTimesKernel = context.product("kernel", true, loop.steps() * loop.batch(), false);
      gradient =
          Memory.of(context.scratch("x gradient", loop.steps(), loop.batch(), loop.features()));
    } else {
      gradientTimesKernel = null;
      gradient = null;
    }
  }

  @Override
  public void begin(INDArray sequence) {
    if (dropout == null) {
      x = input.timeMajor(sequence);
      return;
    }
    Memory own = input.copied(sequence);
    dropout.draw();
    dropFrom(own, dropout);
    x = own;
  }

  private void dropFrom(Memory rows, StepDropout mask) {
    Vec row = context.window("row of x", loop.features());
    for (int t = 0; t < loop.steps(); t++) {
      for (int sample = 0; sample < loop.batch(); sample++) {
        row.updates(rows, ((long) t * loop.batch() + sample) * loop.features());
        row.multiply(row, mask.of(sample)).done();
      }
    }
  }

  private Memory x() {
    Memory read = x;
    if (read == null) {
      throw new IllegalStateException("no forward pass yet");
    }
    return read;
  }

  @Override
  public void forward(int step) {
    if (step % loop.stepsAtOnce() == 0) {
      products(0).run(step);
    }
  }

  /** Makes what several threads need to compute steps at once. */
  void prepare(int threads) {
    for (int part = 0; part < threads; part++) {
      products(part);
    }
  }

  /** Computes every so many stretches of steps, one thread's share of them. */
  void forward(int part, int threads) {
    int stretch = loop.stepsAtOnce();
    for (int t = part * stretch; t < loop.steps(); t += threads * stretch) {
      products(part).run(t);
    }
  }

  private Products products(int part) {
    while (products.size() <= part) {
      products.add(new Products());
    }
    return products.get(part);
  }

  /** X W + b for some steps at once, by one thread. */
  private final class Products {
    private final PackedProduct whole = plan(loop.stepsAtOnce());
    private final PackedProduct last =
        loop.steps() % loop.stepsAtOnce() == 0 ? whole : plan(loop.steps() % loop.stepsAtOnce());

    private PackedProduct plan(int count) {
      return hasBias
          ? context.productWithBias("kernel", "bias", count * loop.batch())
          : context.product("kernel", false, count * loop.batch(), false);
    }

    void run(int t) {
      PackedProduct product = t + loop.stepsAtOnce() <= loop.steps() ? whole : last;
      long row = (long) t * loop.batch();
      product.run(x(), row * loop.features(), loop.gates(), loop.gatesAt(t, 0));
    }
  }

  @Override
  public void addGradients() {
    context.addOuterProducts("kernel", x(), 0, loop.gates(), 0, loop.steps() * loop.batch());
  }

  @Override
  public Memory gradient() {
    Memory dx = gradient;
    PackedProduct product = gradientTimesKernel;
    if (dx == null || product == null) {
      throw new IllegalStateException("nothing needs the gradient of this layer's input");
    }
    product.run(loop.gates(), 0, dx, 0);
    if (dropout != null) {
      dropFrom(dx, dropout);
    }
    return dx;
  }
}
