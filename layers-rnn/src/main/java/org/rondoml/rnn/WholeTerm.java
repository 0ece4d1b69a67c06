package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.ColumnProduct;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.spi.LayerContext;

/**
 * h U for all gates at once, added to the pre-activations Z, or kept apart from them as R with a
 * bias of its own:
 *
 * <pre>
 * Z_t += h_{t-1} U              R_t = h_{t-1} U + b
 * dh_{t-1} += dZ_t U'           dh_{t-1} += dR_t U'
 * dU = sum h_{t-1}' dZ_t        dU = sum h_{t-1}' dR_t
 * </pre>
 *
 * <p>The gradient of what it gave is found where that was.
 */
final class WholeTerm implements RecurrentTerm {
  private final LayerContext context;
  private final TimeLoop loop;
  private final Memory target;
  private final PackedProduct product;
  private final @Nullable PackedProduct back;
  private final @Nullable BiasGradient bias;

  private WholeTerm(
      LayerContext context,
      TimeLoop loop,
      Memory target,
      PackedProduct product,
      @Nullable BiasGradient bias) {
    this.context = context;
    this.loop = loop;
    this.target = target;
    this.product = product;
    this.bias = bias;
    back =
        context.forwardOnly()
            ? null
            : context.product("recurrent_kernel", true, loop.batch(), true);
  }

  /** The product is added to the pre-activations. */
  static WholeTerm added(LayerContext context, TimeLoop loop) {
    PackedProduct product = context.product("recurrent_kernel", false, loop.batch(), true);
    return new WholeTerm(context, loop, loop.gates(), product, null);
  }

  /**
   * The product is kept apart.
   *
   * @param target rows as the gates'
   * @param bias the gradient of its bias, the second row of {@code bias}; null for none
   */
  static WholeTerm apart(
      LayerContext context, TimeLoop loop, Memory target, @Nullable BiasGradient bias) {
    PackedProduct product =
        bias != null
            ? context.productWithBias("recurrent_kernel", "bias", loop.width(), loop.batch())
            : context.product("recurrent_kernel", false, loop.batch(), false);
    return new WholeTerm(context, loop, target, product, bias);
  }

  @Override
  public void begin() {
    if (bias != null) {
      bias.begin();
    }
  }

  @Override
  public void forward(int step) {
    product.run(loop.state(0), loop.before(0, step, 0), target, loop.gatesAt(step, 0));
  }

  @Override
  public int parts() {
    return product instanceof ColumnProduct columns ? columns.columns() / columns.grain() : 0;
  }

  @Override
  public void forward(int step, int fromPart, int toPart) {
    ColumnProduct columns = (ColumnProduct) product;
    columns.run(
        loop.state(0),
        loop.before(0, step, 0),
        target,
        loop.gatesAt(step, 0),
        fromPart * columns.grain(),
        toPart * columns.grain());
  }

  @Override
  public void backward(int step) {
    PackedProduct planned = back;
    if (planned == null) {
      throw new IllegalStateException("a loop that goes forward only");
    }
    if (bias != null) {
      bias.add(step);
    }
    planned.run(target, loop.gatesAt(step, 0), loop.backwardLoop().stateGradient(0), 0);
  }

  @Override
  public void clear(int step, int sample) {
    target.clear(loop.gatesAt(step, sample), loop.width());
  }

  @Override
  public void addGradients() {
    int rows = loop.steps() * loop.batch();
    context.addOuterProducts("recurrent_kernel", loop.state(0), 0, target, 0, rows);
    if (bias != null) {
      bias.end();
    }
  }
}
