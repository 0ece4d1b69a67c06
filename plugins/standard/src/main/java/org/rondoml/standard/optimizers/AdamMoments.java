package org.rondoml.standard.optimizers;

import java.util.List;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.ElementWiseOptimizer.Slot;

/** The rule of {@link Adam}, whose letters these are, and of {@link AdamW}. */
final class AdamMoments {
  private final double keyBeta1;
  private final double keyBeta2;
  private final double epsilon;
  private final boolean amsgrad;
  private final double beta1;
  private final double beta2;

  AdamMoments(double beta1, double beta2, double epsilon, boolean amsgrad, Float32 rounding) {
    this.keyBeta1 = beta1;
    this.keyBeta2 = beta2;
    this.epsilon = epsilon;
    this.amsgrad = amsgrad;
    this.beta1 = rounding.legacy(beta1);
    this.beta2 = rounding.legacy(beta2);
  }

  List<Slot> slots() {
    Slot m = new Slot("momentum");
    Slot v = new Slot("velocity");
    return amsgrad ? List.of(m, v, new Slot("velocity_hat")) : List.of(m, v);
  }

  ElementWiseOptimizer.Rule step(long iteration, double learningRate) {
    double power1 = Math.pow(Float32.of(keyBeta1), iteration + 1.0);
    double power2 = Math.pow(Float32.of(keyBeta2), iteration + 1.0);
    double alpha = learningRate * Math.sqrt(1 - power2) / (1 - power1);
    return (w, g, slots) -> {
      Vec m = slots.get(0).blend(beta1, g.value(), 1 - beta1);
      Vec v = g.blendSquare(slots.get(1), beta2, 1 - beta2);
      if (amsgrad) {
        v = slots.get(2).max(slots.get(2), v);
      }
      w.subtractRatio(alpha, m, v, epsilon);
    };
  }
}
