package org.rondoml.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model with weights: predicts, evaluates, trains, reads and writes its weights. */
public interface Model extends AutoCloseable {
  /** The model's name. */
  String name();

  /**
   * The weights, in the order of Keras' {@code get_weights()}; views, valid until {@link #close()}.
   */
  List<NamedWeight> weights();

  /** The number of weights' elements. */
  long parameterCount();

  /**
   * The outputs for inputs of shape {@code (batch, ...)}.
   *
   * @param inputs an array for each of the model's inputs, in their order
   * @param batchSize how many samples to compute at a time
   * @return an array for each of the model's outputs, of shape {@code (batch, ...)}
   * @throws DataException where an array does not fit the model's input
   */
  List<INDArray> predict(List<INDArray> inputs, int batchSize);

  /**
   * Loss and metrics on the data of the model file, by name.
   *
   * @param data {@code "train"} or {@code "validation"}
   * @throws DataException where the data is missing or does not fit
   */
  Map<String, Double> evaluate(String data);

  /** Trains as the model file says and returns what was logged. */
  History fit();

  /**
   * Reads weights; the suffix chooses the format.
   *
   * @throws DataException where the file is missing, damaged or does not fit
   */
  void loadWeights(Path file);

  /**
   * Writes weights; the suffix chooses the format. An existing file is replaced only when all is
   * written.
   */
  void saveWeights(Path file);

  @Override
  void close();
}
