package org.rondoml.core.spi;

/** A learning rate as a function of the number of steps done; a bare number is a constant one. */
@Kind(value = "schedule", number = "Constant")
public interface Schedule {
  /** The learning rate of a step, counted from 0. */
  double at(long step);

  /** Whether it is the same at every step, so that a callback may set another rate. */
  default boolean isConstant() {
    return false;
  }

  /** Brings a schedule. */
  interface Provider<C extends Record> extends ComponentProvider<C, Schedule> {
    @Override
    default Class<Schedule> kind() {
      return Schedule.class;
    }
  }
}
