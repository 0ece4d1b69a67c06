package org.rondoml.datasets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Transform;

/**
 * Brings numbers to a mean of 0 and a standard deviation of 1, as Keras' {@code Normalization} with
 * {@code axis=-1} does after {@code adapt(x_train)}: each entry of the last axis, such as a column
 * of a table, by itself.
 *
 * <pre>
 * x' = (x - mean) / deviation
 * mean = Σ x / n,  deviation = √(Σ (x - mean)² / n),  both over the training data
 * </pre>
 *
 * An entry that is the same in all of the training data has a deviation of 0, and is divided by 1
 * instead, as scikit-learn's {@code StandardScaler} has it. Mean and deviation are learned from the
 * training data alone, computed in 64 bits, and kept with the run: what is evaluated or predicted
 * later is changed by the same numbers. Steps that only make sequences equally long are left alone,
 * and nothing is learned from them.
 *
 * <p>{@code targets: true} changes targets, too, for those that are not about 1 in size: the model
 * then learns in their deviations, loss and metrics are told in them, and {@code rondo predict}
 * gives predictions in the units of the data.
 *
 * @see <a
 *     href="https://github.com/keras-team/keras/blob/master/keras/src/layers/preprocessing/normalization.py">Keras'
 *     normalization.py</a>
 */
public final class Standardize implements Transform {
  private static final String INPUT = "input ";
  private static final String TARGET = "target ";
  private static final String MEAN = " mean";
  private static final String DEVIATION = " deviation";

  private final Config config;
  private final @Nullable Map<String, Scaling> scalings;

  /**
   * The keys.
   *
   * @param inputs whether inputs are changed
   * @param targets whether targets are changed
   */
  @Example("standardize: {targets: true}")
  @Description("Brings numbers to mean 0 and deviation 1, as learned from the training data.")
  public record Config(
      @Default("true") @Description("Whether inputs are changed.") boolean inputs,
      @Default("false") @Description("Whether targets are changed; predictions are changed back.")
          boolean targets) {
    /**
     * Checks the keys.
     *
     * @throws ConfigException where nothing is changed
     */
    public Config {
      if (!inputs && !targets) {
        throw new ConfigException("inputs", "nothing would be changed; leave out the transform");
      }
    }
  }

  /** A transform with these keys, which has learned nothing yet. */
  public Standardize(Config config) {
    this(config, null);
  }

  private Standardize(Config config, @Nullable Map<String, Scaling> scalings) {
    this.config = config;
    this.scalings = scalings;
  }

  @Override
  public boolean learns() {
    return true;
  }

  @Override
  public Transform fit(Dataset train) {
    Map<String, Scaling> learned = new LinkedHashMap<>();
    if (config.inputs()) {
      int place = 0;
      for (INDArray x : train.inputs().values()) {
        learned.put(INPUT + place++, Scaling.of(x, train.padding()));
      }
    }
    for (int i = 0; config.targets() && i < train.targets().size(); i++) {
      learned.put(TARGET + i, Scaling.of(train.targets().get(i), train.padding()));
    }
    return new Standardize(config, learned);
  }

  @Override
  public Map<String, List<Double>> state() {
    Map<String, List<Double>> state = new LinkedHashMap<>();
    learned()
        .forEach(
            (name, scaling) -> {
              state.put(name + MEAN, scaling.means());
              state.put(name + DEVIATION, scaling.deviations());
            });
    return state;
  }

  @Override
  public Transform restore(Map<String, List<Double>> state) {
    Map<String, Scaling> learned = new LinkedHashMap<>();
    state.forEach(
        (key, means) -> {
          if (key.endsWith(MEAN)) {
            String name = key.substring(0, key.length() - MEAN.length());
            List<Double> deviations = state.get(name + DEVIATION);
            if (deviations == null || deviations.size() != means.size()) {
              throw new DataException(
                  "standardize: the kept state has no deviations for the means of " + name);
            }
            learned.put(name, new Scaling(means, deviations));
          }
        });
    return new Standardize(config, learned);
  }

  @Override
  public Dataset apply(Dataset data, Precision precision) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    int place = 0;
    for (Map.Entry<String, INDArray> input : data.inputs().entrySet()) {
      String name = INPUT + place++;
      inputs.put(
          input.getKey(),
          config.inputs()
              ? scaling(name, data.origin()).apply(input.getValue(), data, precision)
              : input.getValue());
    }
    List<INDArray> targets = new ArrayList<>();
    for (int i = 0; i < data.targets().size(); i++) {
      INDArray y = data.targets().get(i);
      targets.add(
          config.targets() ? scaling(TARGET + i, data.origin()).apply(y, data, precision) : y);
    }
    return data.with(inputs, targets);
  }

  @Override
  public List<INDArray> undo(List<INDArray> outputs) {
    if (!config.targets()) {
      return outputs;
    }
    List<INDArray> back = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      back.add(scaling(TARGET + i, "predictions").undo(outputs.get(i), "predictions"));
    }
    return back;
  }

  private Map<String, Scaling> learned() {
    if (scalings == null) {
      throw new IllegalStateException("standardize has learned nothing: fit comes first");
    }
    return scalings;
  }

  private Scaling scaling(String name, String origin) {
    Scaling scaling = learned().get(name);
    if (scaling == null) {
      throw new DataException(
          origin
              + ": standardize: found an "
              + name
              + ", counted from 0, which the training data doesn't have");
    }
    return scaling;
  }

  /** Brings the transform. */
  public static final class Provider implements Transform.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "standardize";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Transform create(Config config, Semantics semantics) {
      return new Standardize(config);
    }
  }
}
