package org.rondoml.lstm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.rnn.FusedCell;
import org.rondoml.rnn.TimeLoop;

/** The cell of an {@link LSTM}: its parameters and its {@linkplain LstmKernel arithmetic}. */
record LstmCell(LSTM.Config config) implements FusedCell {
  @Override
  public int units() {
    return config.units();
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public boolean hasBias() {
    return config.useBias();
  }

  @Override
  public List<ParameterSpec> parameters(long features) {
    long u = config.units();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        new ParameterSpec("kernel", Shape.of(features, 4 * u), config.kernelInitializer())
            .in("cell"));
    specs.add(
        new ParameterSpec("recurrent_kernel", Shape.of(u, 4 * u), config.recurrentInitializer())
            .in("cell"));
    if (config.useBias()) {
      Initializer bias = config.unitForgetBias() ? this::openForgetGate : config.biasInitializer();
      specs.add(new ParameterSpec("bias", Shape.of(4 * u), bias).in("cell"));
    }
    return specs;
  }

  /**
   * A bias whose forget block is 1, so that the cell remembers at first (Jozefowicz et al., 2015).
   */
  private double[] openForgetGate(Shape shape, RandomStream random) {
    int u = config.units();
    double[] i = config.biasInitializer().initialize(Shape.of(u), random.derive("i"));
    double[] co = config.biasInitializer().initialize(Shape.of(2L * u), random.derive("co"));
    double[] bias = new double[4 * u];
    System.arraycopy(i, 0, bias, 0, u);
    Arrays.fill(bias, u, 2 * u, 1);
    System.arraycopy(co, 0, bias, 2 * u, 2 * u);
    return bias;
  }

  @Override
  public Kernel kernel(LayerContext context, TimeLoop loop) {
    return new LstmKernel(context, loop, config);
  }
}
