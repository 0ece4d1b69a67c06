package org.rondoml.standard.layers.convolutional;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Window;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Regularizer;

/** The keys that convolutions of sequences and of images share; records implement it. */
interface ConvolutionConfig {
  int filters();

  List<Integer> kernelSize();

  List<Integer> strides();

  /** Where windows lie at the edges, from the key {@code padding}. */
  Window.Padding windowPadding();

  DataFormat dataFormat();

  List<Integer> dilationRate();

  int groups();

  Activation activation();

  boolean useBias();

  Initializer kernelInitializer();

  Initializer biasInitializer();

  @Nullable Regularizer kernelRegularizer();

  @Nullable Regularizer biasRegularizer();

  @Nullable Regularizer activityRegularizer();

  @Nullable Constraint kernelConstraint();

  @Nullable Constraint biasConstraint();

  /** How the windows slide over a number of spatial axes. */
  default Sliding sliding(int axes) {
    return Sliding.ofConvolution(axes, kernelSize(), strides(), dilationRate(), windowPadding());
  }

  /**
   * Checks that groups divide the filters.
   *
   * @throws ConfigException where they don't
   */
  static void checkGroups(int filters, int groups) {
    if (filters % groups != 0) {
      throw new ConfigException(
          "groups",
          "found "
              + groups
              + " groups for "
              + filters
              + " filters, expected a number of groups that divides the filters");
    }
  }
}
