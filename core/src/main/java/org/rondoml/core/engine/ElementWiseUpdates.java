package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.ElementWiseOptimizer;

/** A rule for elements, in one sweep over weights, gradients and slots. */
final class ElementWiseUpdates implements Updates {
  private final ElementWiseOptimizer optimizer;
  private final List<Memory> slots = new ArrayList<>();
  private final Sweep sweep;

  ElementWiseUpdates(
      ElementWiseOptimizer optimizer,
      ParameterBlock parameters,
      Memory gradients,
      Workers workers) {
    this.optimizer = optimizer;
    List<Memory> updated = new ArrayList<>();
    updated.add(parameters.memory());
    for (ElementWiseOptimizer.Slot slot : optimizer.slots()) {
      Memory memory = Memory.of(Nd4j.create(parameters.precision().dataType(), gradients.length()));
      if (slot.initialValue() != 0) {
        memory.array().assign(slot.initialValue());
      }
      slots.add(memory);
      updated.add(memory);
    }
    sweep =
        new Sweep(
            workers,
            parameters.trainableLength(),
            updated,
            List.of(gradients),
            optimizer.scratch());
  }

  @Override
  public void apply(long iteration, double learningRate, double decay, StepTimes times) {
    ElementWiseOptimizer.Rule rule = optimizer.step(iteration, learningRate);
    if (decay == 0) {
      sweep.run(times, (w, s, read) -> rule.update(w, read.get(0), s));
    } else {
      sweep.run(times, (w, s, read) -> rule.update(w.addScaled(w, -decay), read.get(0), s));
    }
  }

  @Override
  public List<INDArray> slots() {
    return slots.stream().map(Memory::array).toList();
  }
}
