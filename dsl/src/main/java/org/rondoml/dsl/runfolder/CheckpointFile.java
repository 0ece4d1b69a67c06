package org.rondoml.dsl.runfolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.History;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.dsl.json.Json;

/**
 * A checkpoint as a file: a NumPy .npz archive of the weights, the optimizer's slots, weights that
 * callbacks keep, and an array {@code metadata} whose bytes are JSON. The archive keeps a checksum
 * of every array, which reading verifies.
 */
final class CheckpointFile {
  static final String SUFFIX = ".npz";

  private static final int FORMAT = 1;
  private static final String METADATA = "metadata";
  private static final String WEIGHTS = "weights";
  private static final String SLOT = "slot_";
  private static final String KEPT = "kept_";
  private static final String STATE = "state_";

  private CheckpointFile() {}

  /** What a checkpoint holds besides arrays. */
  private record Metadata(
      int format,
      int epoch,
      int batch,
      long iteration,
      @Nullable Double learningRate,
      boolean stopped,
      Map<String, List<Double>> history,
      List<double[]> totals,
      List<Map<String, Double>> callbacks,
      List<Boolean> keeps,
      int slots,
      @Nullable List<String> states) {}

  /** Writes a checkpoint; a file that exists is replaced when all is written and synced. */
  static void write(Path file, Checkpoint checkpoint) {
    Metadata metadata =
        new Metadata(
            FORMAT,
            checkpoint.epoch(),
            checkpoint.batch(),
            checkpoint.iteration(),
            checkpoint.learningRate(),
            checkpoint.stopped(),
            checkpoint.history().values(),
            checkpoint.totals(),
            checkpoint.callbacks(),
            checkpoint.keptWeights().stream().map(kept -> kept != null).toList(),
            checkpoint.slots().size(),
            List.copyOf(checkpoint.states().keySet()));
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put(METADATA, Nd4j.createFromArray(Json.bytes(metadata)));
    arrays.put(WEIGHTS, checkpoint.weights());
    for (int i = 0; i < checkpoint.slots().size(); i++) {
      arrays.put(SLOT + i, checkpoint.slots().get(i));
    }
    for (int i = 0; i < checkpoint.keptWeights().size(); i++) {
      INDArray kept = checkpoint.keptWeights().get(i);
      if (kept != null) {
        arrays.put(KEPT + i, kept);
      }
    }
    int state = 0;
    for (INDArray value : checkpoint.states().values()) {
      arrays.put(STATE + state++, value);
    }
    NpzFormat.write(file, arrays);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws DataException where the file is missing, damaged, or of a later format
   */
  static Checkpoint read(Path file) {
    Map<String, INDArray> arrays = NpzFormat.read(file);
    Metadata metadata = metadata(file, arrays);
    if (metadata.format() != FORMAT) {
      throw new DataException(
          file
              + ": a checkpoint of format "
              + metadata.format()
              + ", but this version of Rondo reads format "
              + FORMAT);
    }
    List<INDArray> slots = new ArrayList<>();
    for (int i = 0; i < metadata.slots(); i++) {
      slots.add(array(file, arrays, SLOT + i));
    }
    List<@Nullable INDArray> kept = new ArrayList<>();
    for (int i = 0; i < metadata.keeps().size(); i++) {
      kept.add(metadata.keeps().get(i) ? array(file, arrays, KEPT + i) : null);
    }
    Map<String, INDArray> states = new LinkedHashMap<>();
    List<String> names = metadata.states();
    for (int i = 0; names != null && i < names.size(); i++) {
      states.put(names.get(i), array(file, arrays, STATE + i));
    }
    return new Checkpoint(
        metadata.epoch(),
        metadata.batch(),
        metadata.iteration(),
        metadata.learningRate(),
        metadata.stopped(),
        new History(metadata.history()),
        metadata.totals(),
        metadata.callbacks(),
        kept,
        array(file, arrays, WEIGHTS),
        slots,
        states);
  }

  private static Metadata metadata(Path file, Map<String, INDArray> arrays) {
    INDArray bytes = array(file, arrays, METADATA);
    byte[] json = new byte[Math.toIntExact(bytes.length())];
    for (int i = 0; i < json.length; i++) {
      json[i] = (byte) bytes.getInt(i);
    }
    try {
      return Json.read(json, Metadata.class);
    } catch (IOException e) {
      throw new DataException(
          file
              + ": damaged: its metadata can't be read: "
              + new String(json, StandardCharsets.UTF_8),
          e);
    }
  }

  private static INDArray array(Path file, Map<String, INDArray> arrays, String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new DataException(file + ": no checkpoint of Rondo: it has no array '" + name + "'");
    }
    return array;
  }
}
