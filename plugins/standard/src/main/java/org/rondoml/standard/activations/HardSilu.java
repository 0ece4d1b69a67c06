package org.rondoml.standard.activations;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * A silu of pieces: y = x · relu6(x + 3) / 6, whatever the semantics. Howard et al., "Searching for
 * MobileNetV3", ICCV 2019. Formula: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class HardSilu extends InputDifferentiated {
  @Override
  double value(double x) {
    return x * Math.min(Math.max(x + 3, 0), 6) / 6;
  }

  @Override
  double slope(double x) {
    double gate = Math.min(Math.max(x + 3, 0), 6) / 6;
    return x > -3 && x < 3 ? gate + x / 6 : gate;
  }

  /** The keys. */
  @Description("A piecewise silu: y = x · relu6(x + 3) / 6.")
  public record Config() {}

  /** Brings {@code hard_silu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "hard_silu";
    }

    @Override
    public List<String> aliases() {
      return List.of("hard_swish");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new HardSilu();
    }
  }
}
