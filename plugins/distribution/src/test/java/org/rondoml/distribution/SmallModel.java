package org.rondoml.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;

/** A model that trains in a moment and uses all that is random: first values, dropout, order. */
final class SmallModel {
  private static final int SAMPLES = 80;

  private SmallModel() {}

  /** Writes {@code model.yaml} and its data to a folder. */
  static Path write(Path folder) throws IOException {
    RandomStream random = RandomStream.of(7);
    float[] x = new float[SAMPLES * 5 * 3];
    float[] y = new float[SAMPLES];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < SAMPLES; i++) {
      y[i] = x[i * 15] > 0 ? 1 : 0;
    }
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("x", Nd4j.createFromArray(x).reshape('c', SAMPLES, 5, 3));
    arrays.put("y", Nd4j.createFromArray(y));
    NpzFormat.write(folder.resolve("data.npz"), arrays);
    Path file = folder.resolve("model.yaml");
    Files.writeString(
        file,
        """
        rondo: 1
        name: small
        seed: 1
        data:
          train: {npz: {path: data.npz, x: x, y: y}}
        model:
          layers:
            - Input: {shape: [5, 3]}
            - LSTM: {units: 8, return_sequences: true}
            - Dropout: 0.3
            - LSTM: 8
            - Dense: {units: 2, activation: softmax}
        compile:
          optimizer: {Adam: {learning_rate: 0.01}}
          loss: sparse_categorical_crossentropy
          metrics: [accuracy]
        fit:
          epochs: 3
          batch_size: 32
          validation_split: 0.2
          callbacks:
            - ModelCheckpoint: {save_best_only: true}
            - EarlyStopping: {patience: 5, restore_best_weights: true}
        """,
        StandardCharsets.UTF_8);
    return file;
  }

  static Registry registry() {
    return Registry.load(SmallModel.class.getClassLoader());
  }

  static Specification read(Path file, String... sets) {
    return FileModelOpener.seeded(
        SpecificationReader.read(List.of(file), List.of(sets), registry()));
  }
}
