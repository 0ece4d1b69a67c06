package org.rondoml.standard.layers.reshaping;

import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Puts steps of zeros at both ends of a sequence:
 *
 * <pre>
 * y  = (0 ..., x, ... 0)
 * dx = dy without the ends
 * </pre>
 *
 * <p>x has the shape (batch, steps, channels), y (batch, before + steps + after, channels). Masks
 * end here.
 *
 * <p>Source: Keras, {@code keras/src/layers/reshaping/zero_padding1d.py}.
 */
public final class ZeroPadding1D implements UnaryLayer {
  private static final int AXES = 1;

  private final Margins margins;
  private final DataFormat format;

  /** The layer with its keys. */
  public ZeroPadding1D(Config config) {
    margins = Margins.of("padding", config.padding());
    format = config.dataFormat();
  }

  @Override
  public Shape outputShape(Shape input) {
    Margins.checkSequence(input);
    Shape last = format.channelsLast(input, AXES);
    long steps = last.dimension(0);
    long padded = steps == Shape.UNKNOWN ? Shape.UNKNOWN : steps + margins.both();
    return format.of(Shape.of(padded, last.dimension(1)), AXES);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    return format.of(margins.put(context, "y", format.channelsLast(input, AXES)), AXES);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return format.of(margins.take(context, "dx", format.channelsLast(outputGradient, AXES)), AXES);
  }

  /**
   * The keys.
   *
   * @param padding the steps to put at both ends, or at each
   * @param dataFormat where the channels are
   */
  @Description("Puts steps of zeros at both ends of a sequence.")
  @Example("ZeroPadding1D: [1, 2]")
  public record Config(
      @Description("how many steps: a number for both ends, or two, [before, after]") @Default("1")
          List<@PositiveOrZero Integer> padding,
      @Description("where the channels are")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "tf_keras pads axis 1 in any case; leave it out, or put a Permute around it")
          @Default("channels_last")
          DataFormat dataFormat) {
    /** Checks the number of numbers. */
    public Config {
      padding = List.copyOf(padding);
      Margins.of("padding", padding);
    }
  }

  /** Brings {@code ZeroPadding1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "ZeroPadding1D";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new ZeroPadding1D(config);
    }
  }
}
