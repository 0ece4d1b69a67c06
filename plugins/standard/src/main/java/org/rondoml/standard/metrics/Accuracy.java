package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.standard.losses.TargetShape;

/**
 * The share of right answers; what that means follows from the shapes:
 *
 * <ul>
 *   <li>an output with a last axis of size 1: {@link BinaryAccuracy}
 *   <li>class numbers as targets: {@link SparseCategoricalAccuracy}
 *   <li>otherwise {@link CategoricalAccuracy}
 * </ul>
 *
 * <p>Source: {@code get_metric} in {@code keras/src/trainers/compile_utils.py}, and the same in
 * tf_keras. (TensorFlow 1.13 had {@link BinaryAccuracy} under binary cross-entropy; tf1 goes by
 * tf_keras here, as in all that its fixtures hold.) Keras' class Accuracy, which asks whether
 * outputs equal targets exactly, goes by this name too, since no model puts out such numbers.
 */
public final class Accuracy implements Metric {
  private static final String NAME = "accuracy";

  private final String name;

  /**
   * The metric.
   *
   * @param name its name in the log and the history
   */
  public Accuracy(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Metric resolve(Shape target, Shape output, Loss loss) {
    return choose(target, output).resolve(target, output, loss);
  }

  private Metric choose(Shape target, Shape output) {
    if (TargetShape.isSingle(output)) {
      return new BinaryAccuracy(name, 0.5);
    }
    return TargetShape.isClassNumbers(target, output)
        ? new SparseCategoricalAccuracy(name)
        : new CategoricalAccuracy(name);
  }

  @Override
  public State start() {
    throw new IllegalStateException("accuracy is resolved before it is gathered");
  }

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @Description(
      "The share of right answers: binary, categorical or sparse, by the shapes of targets and"
          + " outputs.")
  public record Config(
      @Description("the name in the log and the history") @Default(NAME) String name) {}

  /** Brings {@code accuracy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return NAME;
    }

    @Override
    public List<String> aliases() {
      return List.of("acc", "ACC", "Accuracy");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new Accuracy(config.name());
    }
  }
}
