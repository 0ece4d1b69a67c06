package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.StepTimes.Part;
import org.rondoml.core.spi.ParameterWiseOptimizer;

/** A rule for whole parameters: each by one thread, the largest first. */
final class ParameterWiseUpdates implements Updates {
  private final ParameterWiseOptimizer optimizer;
  private final Workers workers;
  private final List<Updated> parameters = new ArrayList<>();

  /**
   * A parameter.
   *
   * @param entry where it belongs
   * @param w the parameter
   * @param g its gradient
   * @param slots its slots
   * @param handed the slots and the scratch arrays
   * @param stretches the parameter in stretches
   */
  private record Updated(
      ParameterBlock.Entry entry,
      Memory w,
      Memory g,
      List<Memory> slots,
      List<Memory> handed,
      List<Stretch> stretches) {}

  ParameterWiseUpdates(
      ParameterWiseOptimizer optimizer, ParameterBlock block, Memory gradients, Workers workers) {
    this.optimizer = optimizer;
    this.workers = workers;
    for (ParameterBlock.Entry entry : block.entries()) {
      if (!entry.updated() || entry.memory().length() == 0) {
        continue;
      }
      Memory w = entry.memory();
      Memory g = Memory.of(ParameterBlock.view(gradients.array(), entry.offset(), entry.spec()));
      List<Memory> slots = new ArrayList<>();
      for (ParameterWiseOptimizer.Slot slot : optimizer.slots(entry.spec().shape())) {
        INDArray array = array(slot.shape(), block.precision());
        slots.add(Memory.of(array.assign(slot.initialValue())));
      }
      List<Memory> handed = new ArrayList<>(slots);
      for (Shape shape : optimizer.scratch(entry.spec().shape())) {
        handed.add(Memory.of(array(shape, block.precision())));
      }
      List<Stretch> stretches = Stretch.cut(0, w.length(), List.of(w), List.of());
      parameters.add(new Updated(entry, w, g, slots, handed, stretches));
    }
    parameters.sort(Comparator.comparingLong((Updated u) -> u.w().length()).reversed());
  }

  private static INDArray array(Shape shape, Precision precision) {
    long[] dimensions = shape.dimensions().stream().mapToLong(Long::longValue).toArray();
    return Nd4j.create(precision.dataType(), dimensions);
  }

  @Override
  public void apply(
      long iteration,
      double learningRate,
      double decay,
      List<TableGradient> tables,
      StepTimes times) {
    ParameterWiseOptimizer.Rule rule = optimizer.step(iteration, learningRate);
    workers.run(
        parameters.size(),
        i ->
            times.measure(
                Part.OPTIMIZER,
                () -> {
                  Updated parameter = parameters.get(i);
                  if (decay != 0) {
                    parameter
                        .stretches()
                        .forEach(s -> s.run((w, none, read) -> w.addScaled(w, -decay)));
                  }
                  Memory squares =
                      tables.stream()
                          .filter(table -> table.parameter().equals(parameter.entry()))
                          .findFirst()
                          .map(TableGradient::squares)
                          .orElse(null);
                  rule.update(parameter.w(), parameter.g(), squares, parameter.handed());
                }));
  }

  @Override
  public List<INDArray> slots() {
    return parameters.stream().flatMap(p -> p.slots().stream()).map(Memory::array).toList();
  }
}
