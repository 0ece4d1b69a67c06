package org.rondoml.standard.losses;

import org.junit.jupiter.api.Test;

/**
 * {@code keras.losses.mean_squared_error} of Keras 3.15 and tf_keras 2.21, values and gradients in
 * float64.
 */
class MeanSquaredErrorTest {

  @Test
  void asKeras() {
    Rows.check(
        new MeanSquaredError(),
        Rows.of(1, 0, 1, 0),
        Rows.of(2, -1, -30, 0.3),
        240.7725,
        Rows.of(0.5, -0.5, -15.5, 0.15));
  }
}
