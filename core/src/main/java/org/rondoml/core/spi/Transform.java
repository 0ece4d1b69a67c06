package org.rondoml.core.spi;

import org.rondoml.api.DataException;
import org.rondoml.api.Precision;

/** A change of the data before training. */
@Kind("transform")
public interface Transform {
  /**
   * Whether {@link #fit} learns something, so that the training data must be read before any other.
   */
  default boolean learns() {
    return false;
  }

  /**
   * Learns from the training data what the transform needs to know; a transform that learns nothing
   * returns itself.
   *
   * @throws DataException where the data doesn't fit
   */
  default Transform fit(Dataset train) {
    return this;
  }

  /**
   * The changed data; the given one is left as it is.
   *
   * @param precision the format of floating-point results
   * @throws DataException where the data doesn't fit
   */
  Dataset apply(Dataset data, Precision precision);

  /** Brings a transform. */
  interface Provider<C extends Record> extends ComponentProvider<C, Transform> {
    @Override
    default Class<Transform> kind() {
      return Transform.class;
    }
  }
}
