package org.rondoml.dsl.progress;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A line an epoch, without signs that only a terminal understands. */
final class PlainProgress extends TrainingProgress {
  PlainProgress(LineStyle style, Consumer<String> out, LongSupplier nanoTime) {
    super(style, out, nanoTime);
  }

  @Override
  void begin() {}

  @Override
  void advance(int current, int target, StepClock.Reading time, Map<String, Double> logs) {}

  @Override
  void end(int target, StepClock.Reading time, Map<String, Double> logs) {
    String epoch = heading().isEmpty() ? "" : heading() + " - ";
    write(
        epoch + LineStyle.count(target, target) + style().times(time) + Figures.logs(logs) + "\n");
  }
}
