package org.rondoml.dsl.progress;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.rondoml.api.Semantics;
import org.rondoml.core.engine.TrainingListener;

/** Shows training as Keras does; see {@link #of}. */
public abstract sealed class TrainingProgress implements TrainingListener
    permits BarProgress, PlainProgress {
  private final LineStyle style;
  private final Consumer<String> out;
  private final LongSupplier nanoTime;
  private int epochSamples;
  private int batchSize = 1;
  private int epochs;
  private int epoch;
  private int before;
  private int current;
  private StepClock clock;

  TrainingProgress(LineStyle style, Consumer<String> out, LongSupplier nanoTime) {
    this.style = style;
    this.out = out;
    this.nanoTime = nanoTime;
    this.clock = new StepClock(nanoTime, false);
  }

  /**
   * What shows training.
   *
   * @param mode how; {@link ProgressMode#AUTO} depends on {@code terminal}
   * @param semantics whose progress line
   * @param terminal whether what is written is seen on a terminal
   * @param out takes pieces of text, line ends included
   * @param nanoTime a clock, {@code System::nanoTime}
   */
  public static TrainingListener of(
      ProgressMode mode,
      Semantics semantics,
      boolean terminal,
      Consumer<String> out,
      LongSupplier nanoTime) {
    LineStyle style = LineStyle.of(semantics);
    return switch (mode) {
      case NONE -> new TrainingListener() {};
      case BAR -> new BarProgress(style, out, nanoTime);
      case PLAIN -> new PlainProgress(style, out, nanoTime);
      case AUTO ->
          terminal
              ? new BarProgress(style, out, nanoTime)
              : new PlainProgress(style, out, nanoTime);
    };
  }

  @Override
  public void trainBegin(int samples, int validationSamples, int samplesABatch) {
    batchSize = samplesABatch;
    if (style.countsSamples()) {
      write(
          validationSamples == 0
              ? "Train on " + samples + " samples\n"
              : "Train on "
                  + samples
                  + " samples, validate on "
                  + validationSamples
                  + " samples\n");
    }
  }

  @Override
  public void epochBegin(int number, int numberOfEpochs, int samples) {
    epochSamples = samples;
    epoch = number;
    epochs = numberOfEpochs;
    before = -1;
    current = 0;
    clock = new StepClock(nanoTime, !style.countsSamples());
    begin();
  }

  @Override
  public void batchEnd(int samples, Map<String, Double> logs) {
    int step = units(samples) - current;
    current = units(samples);
    if (before < 0) {
      // A resumed epoch begins in its middle: only what this process has done tells its pace.
      int first = style.countsSamples() ? Math.min(batchSize, samples) : 1;
      before = step - first;
    }
    advance(
        current,
        target(),
        clock.read(current - before, target() - current),
        style.named(Figures.means(logs)));
  }

  @Override
  public void epochEnd(int number, Map<String, Double> logs) {
    int done = target() - Math.max(0, before);
    end(target(), clock.read(done, 0), style.named(Figures.means(logs)));
  }

  @Override
  public void say(String line) {
    write(line + "\n");
  }

  abstract void begin();

  abstract void advance(int current, int target, StepClock.Reading time, Map<String, Double> logs);

  abstract void end(int target, StepClock.Reading time, Map<String, Double> logs);

  LineStyle style() {
    return style;
  }

  /** {@code Epoch 1/4}; empty where there is only one. */
  String heading() {
    return epochs > 1 ? "Epoch " + (epoch + 1) + "/" + epochs : "";
  }

  void write(String text) {
    out.accept(text);
  }

  private int target() {
    return units(epochSamples);
  }

  private int units(int samples) {
    return style.countsSamples() ? samples : (samples + batchSize - 1) / batchSize;
  }
}
