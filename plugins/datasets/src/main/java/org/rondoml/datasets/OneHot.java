package org.rondoml.datasets;

import jakarta.validation.constraints.Positive;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.ArrayBytes;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Transform;

/**
 * Class numbers as vectors with a one: targets of shape (samples, ...) become (samples, ...,
 * num_classes), as Keras' {@code to_categorical} makes them; a last axis of size 1 is dropped
 * first.
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/utils/numerical_utils.py">Keras'
 *     numerical_utils.py</a>
 */
public final class OneHot implements Transform {
  private final Config config;

  /**
   * The keys.
   *
   * @param numClasses the number of classes
   */
  @Description("Targets that are class numbers, as vectors with a one at the class.")
  @Example("one_hot: {num_classes: 10}")
  public record Config(
      @Positive @Description("The number of classes; the class numbers start at 0.")
          int numClasses) {}

  /** A transform with these keys. */
  public OneHot(Config config) {
    this.config = config;
  }

  @Override
  public Dataset apply(Dataset data, Precision precision) {
    if (data.targets().isEmpty()) {
      return data; // samples to predict have none
    }
    List<INDArray> targets =
        data.targets().stream().map(y -> vectors(y, precision, data.origin())).toList();
    return data.with(data.inputs(), targets);
  }

  private INDArray vectors(INDArray y, Precision precision, String origin) {
    int classes = config.numClasses();
    long[] shape = y.shape();
    int rank = shape.length > 1 && shape[shape.length - 1] == 1 ? shape.length - 1 : shape.length;
    long[] longer = Arrays.copyOf(shape, rank + 1);
    longer[rank] = classes;
    INDArray vectors = Nd4j.zeros(precision.dataType(), longer);
    ArrayBytes from = ArrayBytes.of(y);
    ArrayBytes to = ArrayBytes.of(vectors);
    ElementReader label = ElementReader.of(y.dataType());
    int width = y.dataType().width();
    for (long offset = 0; offset < from.length(); ) {
      int bytes = from.pieceLength(offset);
      ByteBuffer piece = from.piece(offset, bytes);
      for (int i = 0; i < bytes / width; i++) {
        double value = label.get(piece, i);
        long index = offset / width + i;
        if (!(value >= 0 && value < classes) || value != Math.rint(value)) {
          throw outside(value, index / (y.length() / y.size(0)), origin);
        }
        ByteBuffer one =
            to.piece((index * classes + (long) value) * precision.bytes(), precision.bytes());
        if (precision == Precision.FLOAT32) {
          one.putFloat(0, 1);
        } else {
          one.putDouble(0, 1);
        }
      }
      offset += bytes;
    }
    return vectors;
  }

  private DataException outside(double value, long row, String origin) {
    String found = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    return new DataException(
        origin
            + ": one_hot: the target in row "
            + row
            + " is "
            + found
            + "; expected a class number from 0 to "
            + (config.numClasses() - 1)
            + " (num_classes is "
            + config.numClasses()
            + ")");
  }

  /** Brings the transform. */
  public static final class Provider implements Transform.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "one_hot";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Transform create(Config config, Semantics semantics) {
      return new OneHot(config);
    }
  }
}
