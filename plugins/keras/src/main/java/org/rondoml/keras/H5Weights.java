package org.rondoml.keras;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Exporter;

/**
 * Keras' {@code .weights.h5}, as {@code model.save_weights} writes it and {@code
 * model.load_weights} reads it. A layer's weights are the datasets {@code layers/<class>/vars/0},
 * {@code 1}, ...; a recurrent layer's are below its cell, {@code layers/lstm/cell/vars/0}. The
 * layouts of Keras 3, of tf_keras, and of Keras 2.12 and 2.13 are read; for {@code semantics:
 * keras3} that of Keras 3 is written, else that of tf_keras, which differs in not recording the
 * layers' own names.
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/saving/saving_lib.py">Keras'
 *     saving_lib.py</a>
 * @see <a
 *     href="https://github.com/keras-team/tf-keras/blob/master/tf_keras/saving/saving_lib.py">tf_keras'
 *     saving_lib.py</a>
 * @see HdfFile the library that knows HDF5
 */
public final class H5Weights implements Exporter {
  /** The exporter. */
  public H5Weights() {}

  @Override
  public String suffix() {
    return ".weights.h5";
  }

  @Override
  public boolean canRead() {
    return true;
  }

  @Override
  public void write(Path file, List<LayerWeights> layers, Semantics semantics) {
    WeightFile.requireSuffix(file, suffix());
    new H5Writer(semantics == Semantics.KERAS3).write(file, layers);
  }

  @Override
  public void read(Path file, List<LayerWeights> layers) {
    WeightFile.requireSuffix(file, suffix());
    new H5Reader(file).read(layers);
  }

  /** Brings the exporter. */
  public static final class Provider implements Exporter.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "weights.h5";
    }

    @Override
    public Exporter create(NoConfig config, Semantics semantics) {
      return new H5Weights();
    }
  }
}
