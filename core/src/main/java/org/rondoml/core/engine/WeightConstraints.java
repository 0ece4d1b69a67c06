package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.Constraint;

/** Brings parameters back to their constraints after a step. */
final class WeightConstraints {
  private final Workers workers;
  private final List<Constrained> parameters = new ArrayList<>();

  private record Constrained(Memory parameter, Constraint constraint, Memory scratch) {}

  WeightConstraints(ParameterBlock block, Workers workers) {
    this.workers = workers;
    for (ParameterBlock.Entry entry : block.entries()) {
      Constraint constraint = entry.spec().constraint();
      if (entry.updated() && constraint != null) {
        Memory scratch =
            Memory.of(Nd4j.create(block.precision().dataType(), entry.memory().length()));
        parameters.add(new Constrained(entry.memory(), constraint, scratch));
      }
    }
  }

  void apply(StepTimes times) {
    workers.run(
        parameters.size(),
        i -> {
          Constrained constrained = parameters.get(i);
          times.measure(
              Part.OPTIMIZER,
              () -> constrained.constraint().apply(constrained.parameter(), constrained.scratch()));
        });
  }
}
