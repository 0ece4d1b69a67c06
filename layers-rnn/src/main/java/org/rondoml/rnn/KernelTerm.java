package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.ColumnProduct;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.OuterProducts;
import org.rondoml.core.spi.ParameterProduct;

/**
 * A product with a kernel K at every step, or with some columns of it: those of a gate or a few,
 * perhaps with a bias b and a dropout mask m of their own:
 *
 * <pre>
 * Z_t += (a_t * m) K + b          or Z_t = ..., where nothing is there before
 * da_t += (dZ_t K') * m
 * dK = sum (a_t * m)' dZ_t
 * db = sum of the rows of dZ_t
 * </pre>
 *
 * <p>Z may be some columns of wider rows. The gradient of Z is found where Z was.
 */
final class KernelTerm implements RecurrentTerm {
  private final LayerContext context;
  private final TimeLoop loop;
  private final Part part;
  private final Rows a;
  private final Rows da;
  private final Rows z;
  private final PackedProduct product;
  private final @Nullable PackedProduct back;
  private final @Nullable BiasGradient bias;
  private final @Nullable Dropping dropping;
  private final Vec row;
  private final Vec b;
  private boolean fromZeros;

  /**
   * What is multiplied by.
   *
   * @param parameter the name of K
   * @param columns those of K that are meant
   * @param adds whether the product is added to Z or replaces it
   * @param biasAt where b begins in the parameter {@code bias}; null for none
   */
  record Part(String parameter, Columns columns, boolean adds, @Nullable Integer biasAt) {
    /** The same without a bias. */
    static Part added(String parameter, Columns columns) {
      return new Part(parameter, columns, true, null);
    }
  }

  /**
   * A product, with memory of its own.
   *
   * @param a what is multiplied: rows without gaps, those of a step after those of the step before
   * @param da the gradient of a, to be added to; not used where nothing goes back
   * @param z the rows it is added to, or that it replaces
   * @param dropout m, or null where nothing is dropped
   */
  KernelTerm(
      LayerContext context,
      TimeLoop loop,
      Part part,
      Rows a,
      Rows da,
      Rows z,
      @Nullable StepDropout dropout) {
    this.context = context;
    this.loop = loop;
    this.part = part;
    this.a = a;
    this.da = da;
    this.z = z;
    Integer biasAt = part.biasAt();
    ParameterProduct all =
        ParameterProduct.of(part.parameter(), loop.batch()).of(part.columns(), z.stride());
    ParameterProduct forward =
        all.plus(biasAt == null ? null : new ParameterProduct.Bias("bias", biasAt));
    product = context.product(part.adds() ? forward.added() : forward);
    dropping = dropout == null ? null : new Dropping(dropout);
    int count = part.columns().count();
    row = context.window("row of " + count, count);
    b = context.window("b of " + count, count);
    if (context.forwardOnly()) {
      back = null;
      bias = null;
    } else {
      ParameterProduct backward = all.transpose();
      back = context.product(dropout == null ? backward.added() : backward);
      bias =
          biasAt == null
              ? null
              : new BiasGradient(context, loop, z, part.columns().count(), biasAt);
    }
  }

  @Override
  public void begin() {
    fromZeros = false;
    if (dropping != null) {
      dropping.dropout.draw();
    }
    if (bias != null) {
      bias.begin();
    }
  }

  @Override
  public void forward(int step) {
    Rows multiplied = dropping == null ? a : dropping.drop(step);
    product.run(multiplied.memory(), multiplied.at(step, 0), z.memory(), z.at(step, 0));
  }

  @Override
  public void forwardFromZeros() {
    fromZeros = true;
    Integer biasAt = part.biasAt();
    if (part.adds() && biasAt == null) {
      return;
    }
    for (int sample = 0; sample < loop.batch(); sample++) {
      row.updates(z.memory(), z.at(0, sample));
      if (!part.adds()) {
        row.fill(0);
      }
      if (biasAt != null) {
        row.add(row, b.reads(context.parameter("bias"), biasAt));
      }
      row.done();
    }
  }

  @Override
  public int parts() {
    return dropping == null && product instanceof ColumnProduct columns
        ? columns.columns() / columns.grain()
        : 0;
  }

  @Override
  public void forward(int step, int fromPart, int toPart) {
    ColumnProduct columns = (ColumnProduct) product;
    columns.run(
        a.memory(),
        a.at(step, 0),
        z.memory(),
        z.at(step, 0),
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
    if (dropping == null) {
      planned.run(z.memory(), z.at(step, 0), da.memory(), da.at(step, 0));
    } else {
      planned.run(z.memory(), z.at(step, 0), dropping.gradient, 0);
      dropping.addGradient(step);
    }
  }

  @Override
  public void backwardToZeros() {
    if (bias != null) {
      bias.add(0);
    }
  }

  @Override
  public void clear(int step, int sample) {
    z.memory().clear(z.at(step, sample), part.columns().count());
  }

  @Override
  public void addGradients() {
    Rows multiplied = dropping == null ? a : dropping.kept;
    int first = fromZeros ? 1 : 0;
    int steps = loop.steps() - first;
    if (steps > 0) {
      OuterProducts products =
          new OuterProducts(
              multiplied.memory(),
              multiplied.at(first, 0),
              z.memory(),
              z.at(first, 0),
              z.stride(),
              steps * loop.batch());
      context.addOuterProducts(part.parameter(), part.columns(), products);
    }
    if (bias != null) {
      bias.end();
    }
  }

  /** What is left of a, and its way back. */
  private final class Dropping {
    private final StepDropout dropout;
    private final Rows kept;
    private final Memory gradient;
    private final Vec given;
    private final Vec left;

    Dropping(StepDropout dropout) {
      this.dropout = dropout;
      int length = a.stride();
      String name = part.parameter() + " " + part.columns().from();
      Memory memory = Memory.of(context.scratch(name + " a", loop.steps(), loop.batch(), length));
      kept =
          new Rows(
              memory, length, (step, sample) -> ((long) step * loop.batch() + sample) * length);
      gradient = Memory.of(context.scratch(name + " da", loop.batch(), length));
      given = context.window("given of " + length, length);
      left = context.window("kept of " + length, length);
    }

    Rows drop(int step) {
      for (int sample = 0; sample < loop.batch(); sample++) {
        given.reads(a.memory(), a.at(step, sample));
        left.writes(kept.memory(), kept.at(step, sample));
        left.multiply(given, dropout.of(sample)).done();
      }
      return kept;
    }

    void addGradient(int step) {
      for (int sample = 0; sample < loop.batch(); sample++) {
        given.reads(gradient, (long) sample * a.stride());
        left.updates(da.memory(), da.at(step, sample));
        left.addProduct(given, dropout.of(sample)).done();
      }
    }
  }
}
