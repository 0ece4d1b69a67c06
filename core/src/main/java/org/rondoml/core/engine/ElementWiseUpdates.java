package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Gradient;

/**
 * A rule for elements, in one sweep over weights, gradients and slots: several stretches at once,
 * and blocks of rows of tables.
 */
final class ElementWiseUpdates implements Updates {
  private final ElementWiseOptimizer optimizer;
  private final ParameterBlock parameters;
  private final Memory gradients;
  private final Workers workers;
  private final List<Memory> slots = new ArrayList<>();
  private List<Stretch> stretches;
  private List<TableRows> ofTables = List.of();

  ElementWiseUpdates(
      ElementWiseOptimizer optimizer,
      ParameterBlock parameters,
      Memory gradients,
      Workers workers) {
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.gradients = gradients;
    this.workers = workers;
    for (ElementWiseOptimizer.Slot slot : optimizer.slots()) {
      Memory memory = Memory.of(Nd4j.create(parameters.precision().dataType(), gradients.length()));
      if (slot.initialValue() != 0) {
        memory.array().assign(slot.initialValue());
      }
      slots.add(memory);
    }
    stretches = cutAround(List.of());
  }

  private List<Stretch> cut(long from, long to) {
    List<Memory> updated = new ArrayList<>();
    updated.add(parameters.memory());
    updated.addAll(slots);
    return Stretch.cut(from, to, updated, List.of(gradients), optimizer.scratch());
  }

  /** Stretches of all that is to be updated, but for some parameters. */
  private List<Stretch> cutAround(List<ParameterBlock.Entry> apart) {
    List<ParameterBlock.Entry> gaps =
        parameters.entries().stream()
            .filter(entry -> entry.trainable() && (!entry.updated() || apart.contains(entry)))
            .sorted(Comparator.comparingLong(ParameterBlock.Entry::offset))
            .toList();
    List<Stretch> all = new ArrayList<>();
    long from = 0;
    for (ParameterBlock.Entry gap : gaps) {
      all.addAll(cut(from, gap.offset()));
      from = gap.end();
    }
    all.addAll(cut(from, parameters.trainableLength()));
    return all;
  }

  /** Takes tables out of the stretches; once, at the first step. */
  private void divide(List<TableGradient> tables) {
    stretches = cutAround(tables.stream().map(TableGradient::parameter).toList());
    ofTables =
        tables.stream()
            .sorted(Comparator.comparingLong(table -> table.parameter().offset()))
            .flatMap(t -> TableRows.cut(t, parameters, slots, optimizer.scratch()).stream())
            .toList();
  }

  @Override
  public void apply(
      long iteration,
      double learningRate,
      double decay,
      List<TableGradient> tables,
      StepTimes times) {
    if (ofTables.isEmpty() && !tables.isEmpty()) {
      divide(tables);
    }
    ElementWiseOptimizer.Rule rule = optimizer.step(iteration, learningRate);
    ElementWiseOptimizer.Rule decayed =
        decay == 0 ? rule : (w, g, s) -> rule.update(w.addScaled(w, -decay), g, s);
    int rows = ofTables.size();
    workers.run(
        rows + stretches.size(),
        i ->
            times.measure(
                Part.OPTIMIZER,
                () -> {
                  if (i < rows) {
                    ofTables.get(i).run(decayed);
                  } else {
                    stretches
                        .get(i - rows)
                        .run((w, s, read) -> decayed.update(w, Gradient.of(read.get(0)), s));
                  }
                }));
  }

  @Override
  public List<INDArray> slots() {
    return slots.stream().map(Memory::array).toList();
  }
}
