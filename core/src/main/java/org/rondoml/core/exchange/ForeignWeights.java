package org.rondoml.core.exchange;

import java.io.IOException;
import java.nio.file.Path;

/** Weights that stand in a model's own file. */
public interface ForeignWeights {
  /** The ending of a file of these weights, which an exporter knows: {@code .weights.h5}. */
  String suffix();

  /** Writes them to a file that does not exist yet. */
  void write(Path file) throws IOException;
}
