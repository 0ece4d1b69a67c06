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
    stretches = cut(0, parameters.trainableLength());
  }

  private List<Stretch> cut(long from, long to) {
    List<Memory> updated = new ArrayList<>();
    updated.add(parameters.memory());
    updated.addAll(slots);
    return Stretch.cut(from, to, updated, List.of(gradients), optimizer.scratch());
  }

  /** Takes tables out of the stretches; once, at the first step. */
  private void divide(List<TableGradient> tables) {
    List<TableRows> rows = new ArrayList<>();
    List<Stretch> others = new ArrayList<>();
    long from = 0;
    for (TableGradient table :
        tables.stream().sorted(Comparator.comparingLong(t -> t.parameter().offset())).toList()) {
      others.addAll(cut(from, table.parameter().offset()));
      from = table.parameter().offset() + table.parameter().memory().length();
      rows.addAll(TableRows.cut(table, parameters, slots, optimizer.scratch()));
    }
    others.addAll(cut(from, parameters.trainableLength()));
    stretches = others;
    ofTables = rows;
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
