package org.rondoml.standard.constraints;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Description;

/**
 * Keeps elements from being negative:
 *
 * <pre>
 * w = max(w, 0)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/constraints/constraints.py}.
 */
public final class NonNeg implements Constraint {
  private static final int PIECE = 1024;

  /** The constraint. */
  public NonNeg() {}

  @Override
  public void apply(Memory parameter, Memory scratch) {
    long length = parameter.length();
    Vec w = Vec.window(parameter.precision(), (int) Math.min(PIECE, length));
    for (long at = 0; at < length; at += w.length()) {
      if (at + w.length() > length) {
        w = Vec.window(parameter.precision(), (int) (length - at));
      }
      w.updates(parameter, at);
      w.relu(w).done();
    }
  }

  /** It has no keys. */
  @Description("Keeps elements from being negative.")
  public record Config() {}

  /** Brings {@code NonNeg}. */
  public static final class Provider implements Constraint.Provider<Config> {
    @Override
    public String id() {
      return "NonNeg";
    }

    @Override
    public List<String> aliases() {
      return List.of("nonneg");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Constraint create(Config config, Semantics semantics) {
      return new NonNeg();
    }
  }
}
