package org.rondoml.standard.layers;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array seen in another way; made anew only for another array. */
final class View {
  private @Nullable INDArray of;
  private @Nullable INDArray view;

  INDArray of(INDArray array, UnaryOperator<INDArray> maker) {
    INDArray known = view;
    if (known == null || of != array) {
      known = maker.apply(array);
      of = array;
      view = known;
    }
    return known;
  }
}
