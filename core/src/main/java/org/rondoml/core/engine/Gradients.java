package org.rondoml.core.engine;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;

/** The gradients of one shard: a block that lies as the parameters do. */
final class Gradients {
  private final Memory memory;
  private final Map<ParameterBlock.Entry, Memory> views = new HashMap<>();

  Gradients(ParameterBlock parameters) {
    INDArray block = Nd4j.create(parameters.precision().dataType(), parameters.memory().length());
    memory = Memory.of(block);
    for (ParameterBlock.Entry entry : parameters.entries()) {
      views.put(entry, Memory.of(ParameterBlock.view(block, entry.offset(), entry.spec())));
    }
  }

  Memory memory() {
    return memory;
  }

  Memory of(ParameterBlock.Entry parameter) {
    Memory view = views.get(parameter);
    if (view == null) {
      throw new IllegalArgumentException("no parameter of this model: " + parameter.spec().name());
    }
    return view;
  }
}
