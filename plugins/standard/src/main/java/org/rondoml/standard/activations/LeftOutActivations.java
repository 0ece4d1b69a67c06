package org.rondoml.standard.activations;

import java.util.List;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LeftOut;

/** Keras 3's activations that don't work in its layers either, when named by a text. */
public final class LeftOutActivations implements LeftOut {
  @Override
  public List<Name> names() {
    return List.of(
        new Name(
            Activation.class,
            "glu",
            "it halves the last axis, which the layers of Keras 3 don't expect: multiply a Dense of half the units by one with activation: sigmoid, by Multiply"),
        new Name(
            Activation.class,
            "threshold",
            "Keras 3 can't call it by name either, as it needs two arguments; ReLU: {threshold: ...} lets pass what lies above a threshold"));
  }
}
