package org.rondoml.standard.layers.convolutional;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.ColumnsConvolution;
import org.rondoml.core.convolution.ImageConvolution;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.LayerContext;

/**
 * A convolution group by group: each group of filters sees its own group of channels, and all
 * together make Z.
 */
final class GroupedConvolution implements ImageConvolution {
  private final LayerContext context;
  private final @Nullable String bias;
  private final int channels;
  private final long rows;
  private final int filters;
  private final List<ColumnsConvolution> groups = new ArrayList<>();

  /**
   * A convolution with memory of its own.
   *
   * @param bias the name of the bias, or null for none
   * @param spatial the sizes of the images' axes
   * @param allChannels the channels of all groups
   * @param allFilters the filters of all groups
   */
  GroupedConvolution(
      LayerContext context,
      String kernel,
      @Nullable String bias,
      Sliding sliding,
      long[] spatial,
      int allChannels,
      int allFilters,
      int groupCount,
      int images) {
    this.context = context;
    this.bias = bias;
    channels = allChannels / groupCount;
    filters = allFilters;
    var patches = sliding.patches(context.precision(), spatial, channels, allChannels);
    rows = (long) images * patches.count();
    int columns = allFilters / groupCount;
    for (int group = 0; group < groupCount; group++) {
      groups.add(
          new ColumnsConvolution(context, kernel, patches, images, group * columns, columns));
    }
  }

  @Override
  public void forward(Memory x, long xOffset, Memory z, long zOffset) {
    Vec row = context.window("row of z", filters);
    Vec b = context.vec("b", filters);
    if (bias == null) {
      b.fill(0);
    } else {
      b.load(context.parameter(bias), 0);
    }
    for (long r = 0; r < rows; r++) {
      row.writes(z, zOffset + r * filters).copy(b).done();
    }
    for (int group = 0; group < groups.size(); group++) {
      groups.get(group).forward(x, xOffset + (long) group * channels, z, zOffset);
    }
  }

  @Override
  public void addKernelGradient(Memory x, long xOffset, Memory dz, long dzOffset) {
    for (int group = 0; group < groups.size(); group++) {
      groups.get(group).addKernelGradient(x, xOffset + (long) group * channels, dz, dzOffset);
    }
  }

  @Override
  public void addInputGradient(Memory dz, long dzOffset, Memory dx, long dxOffset) {
    for (int group = 0; group < groups.size(); group++) {
      groups.get(group).addInputGradient(dz, dzOffset, dx, dxOffset + (long) group * channels);
    }
  }
}
