package org.rondoml.dsl.progress;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Keras' bar, drawn over itself at most twenty times a second. */
final class BarProgress extends TrainingProgress {
  private static final double INTERVAL_SECONDS = 0.05;

  private double shownAt;
  private int columns;

  BarProgress(LineStyle style, Consumer<String> out, LongSupplier nanoTime) {
    super(style, out, nanoTime);
  }

  @Override
  void begin() {
    shownAt = Double.NEGATIVE_INFINITY;
    columns = 0;
    if (!heading().isEmpty()) {
      write(heading() + "\n");
    }
  }

  @Override
  void advance(int current, int target, StepClock.Reading time, Map<String, Double> logs) {
    boolean due = time.elapsed() - shownAt >= INTERVAL_SECONDS;
    // Generation 1 leaves an epoch's last step to the line that ends it.
    if (due && !(style().countsSamples() && current == target)) {
      draw(style().running(current, target, time, logs));
      shownAt = time.elapsed();
    }
  }

  @Override
  void end(int target, StepClock.Reading time, Map<String, Double> logs) {
    draw(style().finished(target, time, logs));
    write("\n");
    columns = 0;
  }

  @Override
  public void trainEnd() {
    leaveBar();
  }

  @Override
  public void say(String line) {
    leaveBar();
    super.say(line);
  }

  /** Goes to a line of its own, where a bar stands half drawn. */
  private void leaveBar() {
    if (columns > 0) {
      write("\n");
      columns = 0;
    }
  }

  private void draw(String line) {
    int width = LineStyle.columns(line);
    write("\r" + line + " ".repeat(Math.max(0, columns - width)));
    columns = width;
  }
}
