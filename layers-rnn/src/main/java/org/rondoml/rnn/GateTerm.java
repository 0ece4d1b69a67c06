package org.rondoml.rnn;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * A product with some columns of a kernel K, those of a gate or a few, perhaps with a dropout mask
 * m of their own:
 *
 * <pre>
 * Z_t[columns] += (a_t * m) K[columns]
 * da_t += (dZ_t[columns] K[columns]') * m
 * dK[columns] = sum (a_t * m)' dZ_t[columns]
 * </pre>
 *
 * <p>Slower than all gates at once; it serves where gates don't multiply the same.
 */
final class GateTerm implements RecurrentTerm {
  private final LayerContext context;
  private final TimeLoop loop;
  private final String parameter;
  private final int from;
  private final int columns;
  private final int length;
  private final Rows a;
  private final Rows da;
  private final Rows z;
  private final @Nullable StepDropout dropout;
  private final @Nullable Memory dropped;
  private final Memory product;
  private final PackedProduct forward;
  private final @Nullable Back back;

  private final Vec given;
  private final Vec kept;
  private final Vec part;
  private final Vec sum;

  /**
   * A product, with memory of its own.
   *
   * @param parameter the name of K
   * @param from the first of its columns
   * @param to the column after the last
   * @param a what is multiplied; the rows of a step lie together, and steps after one another
   * @param length the length of its rows
   * @param da the gradient of a, to be added to
   * @param z the rows to whose columns the product is added, and where their gradient is found
   * @param dropout m, or null where nothing is dropped
   */
  GateTerm(
      LayerContext context,
      TimeLoop loop,
      String parameter,
      int from,
      int to,
      Rows a,
      int length,
      Rows da,
      Rows z,
      @Nullable StepDropout dropout) {
    this.context = context;
    this.loop = loop;
    this.parameter = parameter;
    this.from = from;
    this.columns = to - from;
    this.length = length;
    this.a = a;
    this.da = da;
    this.z = z;
    this.dropout = dropout;
    String name = parameter + " " + from;
    dropped =
        dropout == null
            ? null
            : Memory.of(context.scratch(name + " a", loop.steps(), loop.batch(), length));
    product = Memory.of(context.scratch(name + " product", loop.batch(), columns));
    forward = context.product(parameter, from, to, false, loop.batch(), false);
    back = context.forwardOnly() ? null : new Back(name, to);
    given = context.window("given of " + length, length);
    kept = context.window("kept of " + length, length);
    part = context.window("part of " + columns, columns);
    sum = context.window("sum of " + columns, columns);
  }

  @Override
  public void begin() {
    if (dropout != null) {
      dropout.draw();
    }
  }

  private long droppedAt(int step, int sample) {
    return ((long) step * loop.batch() + sample) * length;
  }

  @Override
  public void forward(int step) {
    Memory masked = dropped;
    if (dropout == null || masked == null) {
      forward.run(a.memory(), a.at(step, 0), product, 0);
    } else {
      for (int sample = 0; sample < loop.batch(); sample++) {
        given.reads(a.memory(), a.at(step, sample));
        kept.writes(masked, droppedAt(step, sample));
        kept.multiply(given, dropout.of(sample)).done();
      }
      forward.run(masked, droppedAt(step, 0), product, 0);
    }
    for (int sample = 0; sample < loop.batch(); sample++) {
      part.reads(product, (long) sample * columns);
      sum.updates(z.memory(), z.at(step, sample) + from);
      sum.add(sum, part).done();
    }
  }

  @Override
  public void backward(int step) {
    back().run(step);
  }

  @Override
  public void clear(int step, int sample) {
    z.memory().clear(z.at(step, sample) + from, columns);
  }

  @Override
  public void addGradients() {
    back().addGradient();
  }

  private Back back() {
    if (back == null) {
      throw new IllegalStateException("a loop that goes forward only");
    }
    return back;
  }

  /** The way back. */
  private final class Back {
    private final Memory dz;
    private final Memory sums;
    private final Memory ofKernel;
    private final PackedProduct timesKernel;
    private final Product transposed;

    Back(String name, int to) {
      int rows = loop.steps() * loop.batch();
      dz = Memory.of(context.scratch(name + " dz", rows, columns));
      sums = Memory.of(context.scratch(name + " da", loop.batch(), length));
      ofKernel = Memory.of(context.scratch(name + " dk", length, columns));
      timesKernel = context.product(parameter, from, to, true, loop.batch(), false);
      transposed =
          context.product(new Gemm(context.precision(), length, columns, rows, true, false, false));
    }

    void run(int step) {
      long at = (long) step * loop.batch() * columns;
      for (int sample = 0; sample < loop.batch(); sample++) {
        dz.copyFrom(z.memory(), z.at(step, sample) + from, at + (long) sample * columns, columns);
      }
      timesKernel.run(dz, at, sums, 0);
      for (int sample = 0; sample < loop.batch(); sample++) {
        given.reads(sums, (long) sample * length);
        kept.updates(da.memory(), da.at(step, sample));
        if (dropout == null) {
          kept.add(kept, given).done();
        } else {
          kept.addProduct(given, dropout.of(sample)).done();
        }
      }
    }

    void addGradient() {
      Memory masked = dropped;
      if (masked == null) {
        transposed.run(a.memory(), a.at(0, 0), dz, 0, ofKernel, 0);
      } else {
        transposed.run(masked, 0, dz, 0, ofKernel, 0);
      }
      Memory gradient = context.gradient(parameter);
      long width = gradient.length() / length;
      for (int row = 0; row < length; row++) {
        part.reads(ofKernel, (long) row * columns);
        sum.updates(gradient, row * width + from);
        sum.add(sum, part).done();
      }
    }
  }
}
