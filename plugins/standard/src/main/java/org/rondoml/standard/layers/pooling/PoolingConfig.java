package org.rondoml.standard.layers.pooling;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Padding;
import org.rondoml.core.convolution.Sliding;

/** The keys that all pooling layers share; records implement it. */
interface PoolingConfig {
  List<Integer> poolSize();

  @Nullable List<Integer> strides();

  Padding padding();

  DataFormat dataFormat();

  /**
   * How windows slide over a number of spatial axes.
   *
   * @param strides null for those of the windows' size
   */
  static Sliding sliding(
      int axes, List<Integer> poolSize, @Nullable List<Integer> strides, Padding padding) {
    List<Integer> taps = Sliding.perAxis("pool_size", poolSize, axes);
    return new Sliding(
        taps,
        strides == null ? taps : Sliding.perAxis("strides", strides, axes),
        taps.stream().map(size -> 1).toList(),
        padding.ofWindow());
  }
}
