package org.rondoml.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.History;

/**
 * Everything that training needs to go on as if it had never stopped. The order of the samples and
 * every random number follow from the seed and these numbers.
 *
 * <p>The arrays are the live ones: write them before training goes on.
 *
 * @param epoch epochs done
 * @param batch batches done in the epoch after those
 * @param iteration steps done by the optimizer
 * @param learningRate the rate that a callback set, or null
 * @param stopped whether a callback has ended the training before its last epoch
 * @param history what has been logged
 * @param totals what the epoch under way has gathered
 * @param callbacks what each callback remembers, in their order
 * @param keptWeights copies of weights that callbacks keep, in their order; null for one that keeps
 *     none
 * @param weights all parameters in one block
 * @param slots the optimizer's memory, by slot
 * @param states what stateful layers keep from batch to batch, by name
 */
public record Checkpoint(
    int epoch,
    int batch,
    long iteration,
    @Nullable Double learningRate,
    boolean stopped,
    History history,
    List<double[]> totals,
    List<Map<String, Double>> callbacks,
    List<@Nullable INDArray> keptWeights,
    INDArray weights,
    List<INDArray> slots,
    Map<String, INDArray> states) {

  /** Keeps checkpoints. */
  @FunctionalInterface
  public interface Store {
    /**
     * Saves a checkpoint under a name, replacing one of that name only when the new one is
     * complete.
     */
    void save(String name, Checkpoint checkpoint);

    /**
     * Saves the weights alone beside the checkpoints, in the format that the file's ending names;
     * where training is kept nowhere, nothing.
     */
    default void saveWeights(String file) {}

    /**
     * Where a callback's file is: a relative path below the run's folder; empty where there is
     * none.
     */
    default Optional<Path> file(Path path) {
      return path.isAbsolute() ? Optional.of(path) : Optional.empty();
    }
  }
}
