package org.rondoml.lstm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Padding;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Regularizer;

/** The keys that convolutional LSTMs of sequences and of images share; records implement it. */
interface ConvLstmConfig {
  int filters();

  List<Integer> kernelSize();

  List<Integer> strides();

  Padding padding();

  DataFormat dataFormat();

  List<Integer> dilationRate();

  Activation activation();

  Activation recurrentActivation();

  boolean useBias();

  Initializer kernelInitializer();

  Initializer recurrentInitializer();

  Initializer biasInitializer();

  boolean unitForgetBias();

  @Nullable Regularizer kernelRegularizer();

  @Nullable Regularizer recurrentRegularizer();

  @Nullable Regularizer biasRegularizer();

  @Nullable Regularizer activityRegularizer();

  @Nullable Constraint kernelConstraint();

  @Nullable Constraint recurrentConstraint();

  @Nullable Constraint biasConstraint();

  double dropout();

  double recurrentDropout();

  @Nullable Long seed();

  boolean returnSequences();

  boolean returnState();

  boolean goBackwards();

  boolean stateful();

  boolean zeroOutputForMask();

  /** How the input's windows slide over a number of spatial axes. */
  default Sliding sliding(int axes) {
    return Sliding.ofConvolution(
        axes, kernelSize(), strides(), dilationRate(), padding().ofWindow());
  }

  /** How the state's windows slide: over every pixel, never dilated. */
  default Sliding recurrentSliding(int axes) {
    List<Integer> taps = Sliding.perAxis("kernel_size", kernelSize(), axes);
    List<Integer> ones = taps.stream().map(size -> 1).toList();
    return new Sliding(taps, ones, ones, Padding.SAME.ofWindow());
  }
}
