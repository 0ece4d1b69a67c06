package org.rondoml.standard.layers.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.standard.layers.Alone;

/** The layers that are an activation function by another name: its gradients are tested there. */
class RectifiersTest {
  private static final double[] X = {-1, 0.25, 0.5, 0.75, 2.5};

  private static double[] of(Layer layer) {
    return Alone.of(layer, Alone.array(X, 1, X.length)).infer();
  }

  private static double[] back(Layer layer) {
    Alone alone = Alone.of(layer, Alone.array(X, 1, X.length));
    alone.train(0);
    return alone.back(Alone.ones(1, X.length)).get(0);
  }

  /** As keras.layers.ReLU of Keras 3.15 and tf_keras 2.21 with these arguments. */
  @Test
  void reluHasALimitASlopeAndAThreshold() {
    for (Semantics semantics : Semantics.values()) {
      Layer plain = new ReLU(new ReLU.Config(null, 0, 0), semantics);
      assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75, 2.5}, of(plain), 0.0);
      assertArrayEquals(new double[] {0, 1, 1, 1, 1}, back(plain), 0.0);
      Layer all = new ReLU(new ReLU.Config(2.0, 0.25, 0.5), semantics);
      assertArrayEquals(new double[] {-0.375, -0.0625, 0, 0.75, 2}, of(all), 0.0);
      assertArrayEquals(new double[] {0.25, 0.25, 0.25, 1, 0}, back(all), 0.0);
      Layer nothing = new ReLU(new ReLU.Config(0.0, 0, 0), semantics);
      assertArrayEquals(new double[X.length], of(nothing), 0.0);
    }
  }

  @Test
  void leakyReluLetsALittleThrough() {
    Layer layer = new LeakyReLU(new LeakyReLU.Config(0.5));
    assertArrayEquals(new double[] {-0.5, 0.25, 0.5, 0.75, 2.5}, of(layer), 0.0);
    assertArrayEquals(new double[] {0.5, 1, 1, 1, 1}, back(layer), 0.0);
  }

  @Test
  void eluGoesToMinusAlpha() {
    Layer layer = new ELU(new ELU.Config(0.5));
    double low = 0.5 * (Math.exp(-1) - 1);
    assertArrayEquals(new double[] {low, 0.25, 0.5, 0.75, 2.5}, of(layer), 1e-16);
    assertArrayEquals(new double[] {low + 0.5, 1, 1, 1, 1}, back(layer), 1e-16);
  }

  @Test
  void allKeepMasks() {
    Mask mask = Alone.mask(true, false);
    for (Layer layer :
        new Layer[] {
          new ReLU(new ReLU.Config(null, 0, 0), Semantics.TF1),
          new LeakyReLU(new LeakyReLU.Config(0.3)),
          new ELU(new ELU.Config(1))
        }) {
      Alone alone = Alone.of(layer, Alone.ones(1, 2, 3));
      alone.infer(mask);
      assertEquals(mask, alone.outputMask());
    }
  }
}
