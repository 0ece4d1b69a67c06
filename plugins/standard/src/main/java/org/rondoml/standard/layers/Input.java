package org.rondoml.standard.layers;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Layer;

/**
 * Where samples enter the model; it says what shape they have.
 *
 * <p>Source: Keras, {@code keras/src/layers/core/input_layer.py}.
 */
public final class Input implements InputLayer {
  private final Shape shape;

  /** The input with its keys. */
  public Input(Config config) {
    shape = config.shape();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /**
   * The keys.
   *
   * @param shape the sizes of a sample's axes, the batch axis not among them; null where only the
   *     data tells
   */
  @Description("Where samples enter the model; it says what shape they have.")
  public record Config(
      @Description(
              "the sizes of a sample's axes without the batch axis, such as [28, 28]; null for a size that only the data tells")
          Shape shape) {}

  /** Brings {@code Input}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Input";
    }

    @Override
    public List<String> aliases() {
      return List.of("InputLayer");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Input(config);
    }
  }
}
