package org.rondoml.datasets;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Transform;

/**
 * Keras' {@code Rescaling} on every input: x · scale + offset, computed in 64 bits and rounded once
 * to the model's precision. So {@code rescale: {scale: 1/255}} gives what NumPy gives for {@code (x
 * / 255).astype("float32")}. Steps that only make sequences equally long are left alone.
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
    double scale = config.scale();
    double offset = config.offset();
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    data.inputs()
        .forEach(
            (name, x) ->
                inputs.put(
                    name,
                    Elements.change(
                        x,
                        data.padding(),
                        precision,
                        data.origin(),
                        (value, at) -> value * scale + offset)));
    return data.with(inputs, data.targets());
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
