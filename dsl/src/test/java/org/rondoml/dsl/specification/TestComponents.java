package org.rondoml.dsl.specification;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Schedule;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.Transform;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Components with the keys, defaults and shapes of Keras' and no arithmetic: enough to try the
 * language on.
 */
final class TestComponents {
  private TestComponents() {}

  /** A registry of all of them. */
  static Registry registry() {
    return Registry.of(
        List.of(
            layer("Input", InputConfig.class, c -> new Entrance(c.shape())),
            layer("Dense", DenseConfig.class, c -> new Unary(in -> in.withLast(c.units()), 1)),
            layer("Dropout", DropoutConfig.class, c -> new Unary(in -> in, 0)),
            layer("Flatten", Nothing.class, c -> new Unary(in -> Shape.of(in.size()), 0)),
            layer("LSTM", LstmConfig.class, TestComponents::lstm),
            layer("Bidirectional", BidirectionalConfig.class, TestComponents::bidirectional),
            layer("Concatenate", Nothing.class, c -> new Concatenate()),
            layer("acme/Gate", Nothing.class, c -> new Unary(in -> in, 0)),
            provider(
                Optimizer.class,
                "Adam",
                List.of(),
                AdamConfig.class,
                c -> new Rate(c.learningRate())),
            provider(
                Optimizer.class,
                "SGD",
                List.of(),
                SgdConfig.class,
                c -> new Rate(c.learningRate())),
            loss("SparseCategoricalCrossentropy", List.of()),
            loss("MeanSquaredError", List.of("mse")),
            provider(
                Metric.class,
                "accuracy",
                List.of("acc"),
                Nothing.class,
                (c, semantics) -> new Named(semantics == Semantics.TF1 ? "acc" : "accuracy")),
            provider(
                Metric.class,
                "MeanSquaredError",
                List.of("mse"),
                NamedConfig.class,
                c -> new Named(c.name())),
            activation("relu"),
            activation("tanh"),
            activation("linear"),
            activation("sigmoid"),
            activation("hard_sigmoid"),
            activation("softmax"),
            provider(
                Initializer.class, "GlorotUniform", List.of(), SeedConfig.class, c -> new Same()),
            provider(Initializer.class, "Zeros", List.of(), Nothing.class, c -> new Same()),
            provider(Schedule.class, "Constant", List.of(), ConstantConfig.class, Constant::new),
            provider(
                Schedule.class,
                "ExponentialDecay",
                List.of(),
                DecayConfig.class,
                c -> s -> c.initialLearningRate()),
            provider(
                Callback.class, "ModelCheckpoint", List.of(), CheckpointConfig.class, Watch::new),
            provider(
                Callback.class,
                "EarlyStopping",
                List.of(),
                StoppingConfig.class,
                c -> new Watch(new CheckpointConfig(c.monitor(), false))),
            provider(
                Callback.class,
                "LearningRateScheduler",
                List.of(),
                ConstantConfig.class,
                c -> new RateSetter()),
            provider(Callback.class, "CSVLogger", List.of(), LogConfig.class, Log::new),
            provider(DataSource.class, "mnist", List.of(), MnistConfig.class, c -> new Nowhere()),
            provider(DataSource.class, "npz", List.of(), NpzConfig.class, c -> new Nowhere()),
            provider(
                Transform.class, "rescale", List.of(), RescaleConfig.class, c -> new Unchanged())));
  }

  // layers

  record Nothing() {}

  record NamedConfig(@Default("mean_squared_error") String name) {}

  record InputConfig(@Description("shape of a sample") Shape shape) {}

  record DenseConfig(
      @Description("size of the output") @Positive int units,
      @Default("linear") Activation activation,
      @Default("true") boolean useBias,
      @Default("GlorotUniform") Initializer kernelInitializer) {}

  record DropoutConfig(
      @Description("share of values to drop")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rate,
      @Nullable Long seed) {}

  record LstmConfig(
      @Description("size of the output") @Positive int units,
      @Default("tanh") Activation activation,
      @Default(value = "sigmoid", tf1 = "hard_sigmoid") Activation recurrentActivation,
      @Default("false") boolean returnSequences,
      @Default("0.0") @DecimalMin("0") @DecimalMax("1") double dropout,
      @Default("{GlorotUniform: {seed: 7}}") Initializer kernelInitializer) {}

  enum MergeMode {
    CONCAT,
    SUM
  }

  record BidirectionalConfig(Layer layer, @Default("concat") MergeMode mergeMode) {}

  private static Layer lstm(LstmConfig config) {
    return new Unary(
        in -> {
          if (in.rank() != 2) {
            throw new ShapeMismatchException(
                "takes a sequence (steps, features), found "
                    + in
                    + ": put a layer before it that gives one");
          }
          return config.returnSequences() ? in.withLast(config.units()) : Shape.of(config.units());
        },
        4);
  }

  private static Layer bidirectional(BidirectionalConfig config) {
    return new Unary(
        in -> {
          Shape one = config.layer().outputShapes(List.of(in)).get(0);
          return config.mergeMode() == MergeMode.SUM ? one : one.withLast(2 * one.dimension(-1));
        },
        0);
  }

  private record Entrance(Shape shape) implements InputLayer {}

  private record Unary(Function<Shape, Shape> rule, int kernels) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return rule.apply(input);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return kernels == 0
          ? List.of()
          : List.of(
              new ParameterSpec(
                  "kernel",
                  Shape.of(input.dimension(-1), kernels * outputShape(input).dimension(-1)),
                  new Same()));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray input) {
      throw new UnsupportedOperationException();
    }

    @Override
    public INDArray backward(LayerContext context, INDArray outputGradient) {
      throw new UnsupportedOperationException();
    }
  }

  private record Concatenate() implements Layer {
    @Override
    public List<Shape> outputShapes(List<Shape> inputs) {
      long sum = inputs.stream().mapToLong(s -> s.dimension(-1)).sum();
      return List.of(inputs.get(0).withLast(sum));
    }

    @Override
    public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
      throw new UnsupportedOperationException();
    }
  }

  // compile

  record AdamConfig(
      @Default("0.001")
          @Alias(
              value = "lr",
              in = {Semantics.TF1, Semantics.TF2})
          Schedule learningRate,
      @Default("0.9") @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double beta1,
      @Default("1e-7") @Positive double epsilon,
      @Default("0.0")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure = "Keras 3 has no decay: write semantics: tf2 to keep it")
          @PositiveOrZero
          double decay) {}

  record SgdConfig(
      @Default("0.01") Schedule learningRate,
      @Default("0.0") @DecimalMin("0") double momentum,
      @Default("false") boolean nesterov) {
    SgdConfig {
      if (nesterov && momentum == 0) {
        throw new ConfigException("nesterov", "needs momentum greater than 0");
      }
    }
  }

  record SeedConfig(@Nullable Long seed) {}

  record ConstantConfig(@Positive double value) {}

  record DecayConfig(
      @Positive double initialLearningRate, @Positive int decaySteps, double decayRate) {}

  private record Constant(ConstantConfig config) implements Schedule {
    @Override
    public double at(long step) {
      return config.value();
    }

    @Override
    public boolean isConstant() {
      return true;
    }
  }

  private record Rate(Schedule learningRate) implements ElementWiseOptimizer {
    @Override
    public List<Slot> slots() {
      return List.of();
    }

    @Override
    public Rule step(long iteration, double learningRate) {
      return (w, g, slots) -> {};
    }
  }

  private record Numberless(String name) implements Loss {
    @Override
    public void check(Shape target, Shape output) {}

    @Override
    public double value(Vec target, Vec output) {
      return 0;
    }

    @Override
    public void gradient(Vec target, Vec output, Vec gradient) {}
  }

  private record Named(String name) implements Metric {
    @Override
    public State start() {
      throw new UnsupportedOperationException();
    }
  }

  private record Straight() implements Activation {
    @Override
    public void forward(Vec x, Vec y) {}

    @Override
    public void backward(Vec x, Vec y, Vec dy, Vec dx) {}

    @Override
    public boolean gradientNeedsInput() {
      return false;
    }
  }

  private record Same() implements Initializer {
    @Override
    public double[] initialize(Shape shape, RandomStream random) {
      return new double[Math.toIntExact(shape.size())];
    }
  }

  // fit

  record CheckpointConfig(
      @Default("val_loss") String monitor, @Default("false") boolean saveBestOnly) {}

  record StoppingConfig(
      @Default("val_loss") String monitor, @Default("0") @PositiveOrZero int patience) {}

  private record Watch(CheckpointConfig config) implements Callback {
    @Override
    public void check(Set<String> logs) {
      if (!logs.contains(config.monitor())) {
        throw new ConfigException(
            "monitor",
            "'"
                + config.monitor()
                + "' will not be logged; logged will be "
                + String.join(", ", logs));
      }
    }

    @Override
    public Session start(Run run) {
      return new Session() {};
    }
  }

  private record RateSetter() implements Callback {
    @Override
    public Set<String> addedLogs() {
      return Set.of("learning_rate");
    }

    @Override
    public boolean setsLearningRate() {
      return true;
    }

    @Override
    public Session start(Run run) {
      return new Session() {};
    }
  }

  record LogConfig(Path filename) {}

  private record Log(LogConfig config) implements Callback {
    @Override
    public List<Path> files() {
      return List.of(config.filename());
    }

    @Override
    public Session start(Run run) {
      return new Session() {};
    }
  }

  // data

  enum Split {
    TRAIN,
    TEST
  }

  record MnistConfig(@Default("train") Split split) {}

  record NpzConfig(Path path, @Default("x") List<String> x, @Default("y") List<String> y) {}

  record RescaleConfig(double scale, @Default("0.0") double offset) {}

  private record Nowhere() implements DataSource {
    @Override
    public Dataset load(Path directory) {
      throw new UnsupportedOperationException();
    }
  }

  private record Unchanged() implements Transform {
    @Override
    public Dataset apply(Dataset data, Precision precision) {
      return data;
    }
  }

  // providers

  private static <C extends Record> ComponentProvider<C, Layer> layer(
      String id, Class<C> config, Function<C, Layer> make) {
    return provider(Layer.class, id, List.of(), config, make);
  }

  private static ComponentProvider<Nothing, Loss> loss(String id, List<String> aliases) {
    return provider(Loss.class, id, aliases, Nothing.class, c -> new Numberless(id));
  }

  private static ComponentProvider<Nothing, Activation> activation(String id) {
    return provider(Activation.class, id, List.of(), Nothing.class, c -> new Straight());
  }

  private static <C extends Record, T> ComponentProvider<C, T> provider(
      Class<T> kind, String id, List<String> aliases, Class<C> config, Function<C, T> make) {
    return provider(kind, id, aliases, config, (c, semantics) -> make.apply(c));
  }

  private static <C extends Record, T> ComponentProvider<C, T> provider(
      Class<T> kind,
      String id,
      List<String> aliases,
      Class<C> config,
      BiFunction<C, Semantics, T> make) {
    return new ComponentProvider<>() {
      @Override
      public Class<T> kind() {
        return kind;
      }

      @Override
      public String id() {
        return id;
      }

      @Override
      public List<String> aliases() {
        return aliases;
      }

      @Override
      public Class<C> configType() {
        return config;
      }

      @Override
      public T create(C config, Semantics semantics) {
        return make.apply(config, semantics);
      }
    };
  }
}
