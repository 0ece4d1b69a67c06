package org.rondoml.dsl.run;

import java.util.List;
import java.util.Map;
import org.rondoml.core.engine.TrainingListener;

/** Several listeners, told in their order. */
final class Listeners implements TrainingListener {
  private final List<TrainingListener> all;

  Listeners(TrainingListener... all) {
    this.all = List.of(all);
  }

  @Override
  public void trainBegin(int trainSamples, int validationSamples, int batchSize) {
    all.forEach(l -> l.trainBegin(trainSamples, validationSamples, batchSize));
  }

  @Override
  public void epochBegin(int epoch, int epochs, int samples) {
    all.forEach(l -> l.epochBegin(epoch, epochs, samples));
  }

  @Override
  public void batchEnd(int samples, Map<String, Double> logs) {
    all.forEach(l -> l.batchEnd(samples, logs));
  }

  @Override
  public void epochEnd(int epoch, Map<String, Double> logs) {
    all.forEach(l -> l.epochEnd(epoch, logs));
  }

  @Override
  public void trainEnd() {
    all.forEach(TrainingListener::trainEnd);
  }

  @Override
  public void say(String line) {
    all.forEach(l -> l.say(line));
  }
}
