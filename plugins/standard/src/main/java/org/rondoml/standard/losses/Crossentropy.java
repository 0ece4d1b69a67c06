package org.rondoml.standard.losses;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;

/**
 * The cross-entropy that fits the shapes:
 *
 * <ul>
 *   <li>an output with a last axis of size 1: {@link BinaryCrossentropy}
 *   <li>class numbers as targets: {@link SparseCategoricalCrossentropy}
 *   <li>otherwise {@link CategoricalCrossentropy}
 * </ul>
 *
 * <p>Source: {@code get_loss} in {@code keras/src/trainers/compile_utils.py}.
 */
public final class Crossentropy implements Loss {
  private final Semantics semantics;

  /**
   * The loss.
   *
   * @param semantics whose arithmetic it has
   */
  public Crossentropy(Semantics semantics) {
    this.semantics = semantics;
  }

  @Override
  public void check(Shape target, Shape output) {
    choose(target, output).check(target, output);
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    return choose(target, output).resolve(target, output);
  }

  private Loss choose(Shape target, Shape output) {
    if (TargetShape.isSingle(output)) {
      return new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0), semantics);
    }
    return TargetShape.isClassNumbers(target, output)
        ? new SparseCategoricalCrossentropy(
            new SparseCategoricalCrossentropy.Config(false, null, -1), semantics)
        : new CategoricalCrossentropy(new CategoricalCrossentropy.Config(false, 0));
  }

  @Override
  public double value(Vec target, Vec output) {
    throw unresolved();
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    throw unresolved();
  }

  private static IllegalStateException unresolved() {
    return new IllegalStateException("crossentropy is resolved before it is computed");
  }

  /** The keys. */
  @KnownIn(
      value = Semantics.KERAS3,
      cure =
          "write binary_crossentropy, categorical_crossentropy or sparse_categorical_crossentropy")
  @Description(
      "The cross-entropy that fits: binary, categorical or sparse, by the shapes of targets and"
          + " outputs.")
  public record Config() {}

  /** Brings {@code crossentropy}. */
  public static final class Provider implements Loss.Provider<Config> {
    @Override
    public String id() {
      return "crossentropy";
    }

    @Override
    public List<String> aliases() {
      return List.of("ce", "CE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Loss create(Config config, Semantics semantics) {
      return new Crossentropy(semantics);
    }
  }
}
