package org.rondoml.datasets;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.ArrayBytes;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Transform;

/**
 * Keras' {@code Rescaling} on every input: x · scale + offset, computed in 64 bits and rounded once
 * to the model's precision. So {@code rescale: {scale: 1/255}} gives what NumPy gives for {@code (x
 * / 255).astype("float32")}.
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/layers/preprocessing/rescaling.py">Keras'
 *     rescaling.py</a>
 */
public final class Rescale implements Transform {
  private final Config config;

  /**
   * The keys.
   *
   * @param scale the factor
   * @param offset what is added
   */
  @Description("Inputs times a scale, plus an offset, in the model's precision.")
  @Example("rescale: {scale: 1/255}")
  public record Config(
      @Description("The factor, such as 1/255 for bytes.") double scale,
      @Default("0.0") @Description("What is added after scaling.") double offset) {}

  /** A transform with these keys. */
  public Rescale(Config config) {
    this.config = config;
  }

  @Override
  public Dataset apply(Dataset data, Precision precision) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    data.inputs().forEach((name, x) -> inputs.put(name, rescaled(x, precision, data.origin())));
    return new Dataset(inputs, data.targets(), data.sampleWeights(), data.origin());
  }

  private INDArray rescaled(INDArray x, Precision precision, String origin) {
    INDArray y = DataFiles.allocate(precision.dataType(), x.shape(), 'c', origin);
    ArrayBytes from = ArrayBytes.of(x);
    ArrayBytes to = ArrayBytes.of(y);
    int width = x.dataType().width();
    int elements = ArrayBytes.PIECE / 8;
    for (long start = 0; start < x.length(); start += elements) {
      int count = (int) Math.min(elements, x.length() - start);
      ByteBuffer in = from.piece(start * width, count * width);
      ByteBuffer out = to.piece(start * precision.bytes(), count * precision.bytes());
      rescale(in, x.dataType(), out, precision, count);
    }
    return y;
  }

  private void rescale(
      ByteBuffer in, DataType type, ByteBuffer out, Precision precision, int count) {
    ElementReader x = ElementReader.of(type);
    double scale = config.scale();
    double offset = config.offset();
    if (precision == Precision.FLOAT32) {
      for (int i = 0; i < count; i++) {
        out.putFloat(4 * i, (float) (x.get(in, i) * scale + offset));
      }
    } else {
      for (int i = 0; i < count; i++) {
        out.putDouble(8 * i, x.get(in, i) * scale + offset);
      }
    }
  }

  /** Brings the transform. */
  public static final class Provider implements Transform.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "rescale";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Transform create(Config config, Semantics semantics) {
      return new Rescale(config);
    }
  }
}
