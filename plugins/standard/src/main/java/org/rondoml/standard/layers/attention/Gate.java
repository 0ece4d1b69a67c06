package org.rondoml.standard.layers.attention;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * Multiplies what heads give by sigmoids of a projection of the query:
 *
 * <pre>
 * g  = sigmoid(x W_g + b_g)
 * o' = o · g
 * do = do' · g,  dz_g = do' · o · g (1 - g)
 * </pre>
 */
final class Gate {
  private final LayerContext context;
  private final HeadProjection projection;
  private final Heads gated;

  Gate(LayerContext context, HeadProjection projection, Heads gated) {
    this.context = context;
    this.projection = projection;
    this.gated = gated;
  }

  /** o' from the query and o. */
  Heads forward(Memory query, Heads means) {
    Memory z = projection.forward(query);
    Memory from = means.sorted();
    Memory to = gated.sorted();
    Vec g = context.window("g", gated.size());
    Vec o = context.window("o", gated.size());
    Vec result = context.window("gated", gated.size());
    for (long at = 0; at < z.length(); at += gated.size()) {
      g.updates(z, at);
      g.sigmoid(g);
      result.writes(to, at).multiply(o.reads(from, at), g).done();
      g.done();
    }
    return gated;
  }

  /** Makes do of do', and the gradient of the projection. */
  void backward(Heads means, Memory gradient) {
    Memory from = means.sorted();
    Memory toGate = projection.gradient();
    Vec g = context.window("g", gated.size());
    Vec o = context.window("o", gated.size());
    Vec d = context.window("gated", gated.size());
    Vec dz = context.window("dz of gate", gated.size());
    for (long at = 0; at < gradient.length(); at += gated.size()) {
      g.reads(projection.vectors(), at);
      d.updates(gradient, at);
      dz.writes(toGate, at).multiply(d, o.reads(from, at));
      dz.sigmoidGradient(g, dz).done();
      d.multiply(d, g).done();
    }
  }

  INDArray inputGradient(boolean isNeeded) {
    return projection.backward(isNeeded);
  }
}
