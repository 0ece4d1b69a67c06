package org.rondoml.standard.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConstantTest {
  @Test
  void staysTheSame() {
    Constant constant = new Constant(new Constant.Config(0.01));
    assertEquals(0.01, constant.at(0));
    assertEquals(0.01, constant.at(1_000_000));
  }
}
