package org.rondoml.standard.layers.core;

import jakarta.validation.constraints.NotEmpty;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.SharedLayer;

/**
 * An earlier layer of the model, called again: what Keras writes as a second {@code layer(x)}.
 *
 * <pre>
 * y_1 = layer(x_1)
 * y_2 = layer(x_2)       the same parameters
 * dW  = dW_1 + dW_2
 * </pre>
 *
 * <p>In a model file, {@code - {Shared: encoder, from: question}}. Its inputs have the last axis of
 * the first call's. Source: Keras' functional API, {@code keras/src/models/functional.py}.
 */
public final class Shared implements SharedLayer {
  private final String layer;

  /** The layer with its keys. */
  public Shared(Config config) {
    layer = config.layer();
  }

  @Override
  public String sharedName() {
    return layer;
  }

  /**
   * The keys.
   *
   * @param layer the name of the earlier layer
   */
  @Description("An earlier layer of the model, called again with other inputs.")
  @Example(
      """
    - Input: {shape: [28, 28], name: a}
    - Input: {shape: [28, 28], name: b}
    - LSTM: {units: 64, name: encoder}
      from: a
    - Shared: encoder
      from: b
    - Concatenate: {}
      from: [encoder, shared]\
    """)
  public record Config(@Description("the name of the earlier layer") @NotEmpty String layer) {}

  /** Brings {@code Shared}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Shared";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Shared(config);
    }
  }
}
