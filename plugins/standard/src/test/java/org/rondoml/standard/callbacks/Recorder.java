package org.rondoml.standard.callbacks;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.core.spi.Callback;

/** A training that writes down what a callback does to it. */
final class Recorder implements Callback.Run {
  final List<String> actions = new ArrayList<>();
  String weights = "initial";

  @Override
  public void stop() {
    actions.add("stop");
  }

  @Override
  public double learningRate() {
    return 0.1;
  }

  @Override
  public void learningRate(double rate) {
    actions.add("learning rate " + rate);
  }

  @Override
  public void saveCheckpoint(String name) {
    actions.add("save " + name);
  }

  @Override
  public Object copyWeights() {
    return weights;
  }

  @Override
  public void restoreWeights(Object copy) {
    actions.add("restore " + copy);
  }

  @Override
  public void say(String line) {
    actions.add("say " + line);
  }
}
