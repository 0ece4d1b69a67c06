package org.rondoml.standard.layers.core;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
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
    shape = config.sampleShape();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /**
   * The keys.
   *
   * @param shape the sizes of a sample's axes, the batch axis not among them; unknown where only
   *     the data tells
   * @param batchSize what Keras expects of a batch
   * @param dtype what Keras converts the data to
   * @param batchShape the same as shape, with the batch axis
   */
  @Description("Where samples enter the model; it says what shape they have.")
  @Example("- Input: {shape: [28, 28], name: rows}")
  public record Config(
      @Description(
              "the sizes of a sample's axes without the batch axis, such as [28, 28]; null for a size that only the data tells")
          @Nullable Shape shape,
      @Description("for Keras alone: batches have the size that fit says") @Positive
          @Nullable Integer batchSize,
      @Description(
              "for Keras alone, which converts the data to this type, int32 or float32: here all"
                  + " have the model's precision, and fractions are left as they are")
          @Pattern(
              regexp = "b?float(16|32|64)|u?int(8|16|32|64)|bool",
              message = "expected a type of numbers, such as float32 or int32")
          @Nullable String dtype,
      @Description("instead of shape: the same with the batch axis in front, [null, 28, 28]")
          @Nullable Shape batchShape) {
    /** Checks that there is one shape. */
    public Config {
      if (shape == null && batchShape == null) {
        throw new ConfigException(
            "", "missing key 'shape': a shape such as [28, 28] (the sizes of a sample's axes)");
      }
      if (shape != null && batchShape != null) {
        throw new ConfigException("batch_shape", "says the same as shape: keep one of the two");
      }
      if (batchShape != null && batchShape.rank() == 0) {
        throw new ConfigException(
            "batch_shape", "found no size, expected the batch axis in front, as in [null, 28, 28]");
      }
    }

    /** An input of a shape. */
    public Config(Shape shape) {
      this(shape, null, null, null);
    }

    Shape sampleShape() {
      if (shape != null) {
        return shape;
      }
      Shape whole = Objects.requireNonNull(batchShape);
      return new Shape(whole.dimensions().subList(1, whole.rank()));
    }
  }

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
