package org.rondoml.rnn;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/** The gradient of a bias: the sum of the pre-activations' gradients over samples and steps. */
final class BiasGradient {
  private final LayerContext context;
  private final TimeLoop loop;
  private final Rows z;
  private final long offset;
  private final Vec db;
  private final Vec dz;

  /**
   * A sum.
   *
   * @param z where the gradients of the pre-activations are
   * @param columns how many of them a row has
   * @param offset where in the parameter {@code bias} it begins
   */
  BiasGradient(LayerContext context, TimeLoop loop, Rows z, int columns, long offset) {
    this.context = context;
    this.loop = loop;
    this.z = z;
    this.offset = offset;
    db = context.vec("db from " + offset, columns);
    dz = context.window("dz of " + columns, columns);
  }

  void begin() {
    db.fill(0);
  }

  void add(int step) {
    for (int sample = 0; sample < loop.batch(); sample++) {
      db.add(db, dz.reads(z.memory(), z.at(step, sample)));
    }
  }

  void end() {
    dz.updates(context.gradient("bias"), offset);
    dz.add(dz, db).done();
  }
}
