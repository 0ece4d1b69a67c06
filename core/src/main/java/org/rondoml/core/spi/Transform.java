package org.rondoml.core.spi;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
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
   * What {@link #fit} has learned, by names of the transform's own; it is kept with the run, so
   * that whatever is evaluated or predicted later is changed as the training data was.
   */
  default Map<String, List<Double>> state() {
    return Map.of();
  }

  /**
   * This transform with what it {@linkplain #state learned} earlier.
   *
   * @throws DataException where the state is not this transform's
   */
  default Transform restore(Map<String, List<Double>> state) {
    return this;
  }

  /**
   * The model's outputs in the units of the source's targets: undoes what {@link #apply} does to
   * targets. The given arrays are left as they are.
   *
   * @param outputs an array for each of the model's outputs
   */
  default List<INDArray> undo(List<INDArray> outputs) {
    return outputs;
  }

  /**
   * The changed data, by {@link Dataset#with}; the given one is left as it is. Steps that are
   * {@linkplain Dataset#padding padding} keep their value, by which layers know them.
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
