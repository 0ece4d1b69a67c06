package org.rondoml.rnn;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.Unwrapped;

/**
 * A recurrent layer of any cell, or of several that stand one upon another (Keras {@code
 * layers/rnn/rnn.py}):
 *
 * <pre>
 * y_t, states_t = cell(x_t, states_{t-1})
 * </pre>
 *
 * <p>Parameters and states are those of the cells, in their order.
 */
public final class RNN extends RecurrentLayer {
  private final boolean heedsTrainable;

  /**
   * The arguments of Keras' RNN.
   *
   * @param cell the cells
   * @param sequence those of all recurrent layers
   */
  @Description("Recurrent layer of a cell, or of a list of cells that stand one upon another.")
  @Example("RNN: {cell: {LSTMCell: {units: 64}}, return_sequences: true}")
  public record Config(
      @Description(
              "What a time step does: a cell, or a list of them, which is the same as"
                  + " StackedRNNCells, though it be of one.")
          OneOrMany<Nested<RecurrentCell>> cell,
      @Unwrapped SequenceConfig sequence) {}

  /** A layer with these arguments. */
  public RNN(Config config, Semantics semantics) {
    super(cell(config.cell()), config.sequence(), semantics);
    heedsTrainable = semantics != Semantics.KERAS3;
  }

  /** Keras 3 freezes only what is inside by itself. */
  @Override
  public boolean heedsTrainable() {
    return heedsTrainable;
  }

  /** Keras makes a stack of any list, and of one with a single cell, too. */
  private static RecurrentCell cell(OneOrMany<Nested<RecurrentCell>> cells) {
    if (!cells.isOne()) {
      return new StackedRNNCells(new StackedRNNCells.Config(cells.values()));
    }
    Nested<RecurrentCell> only = cells.values().get(0);
    if (only.arguments().trainable()) {
      return only.component();
    }
    return () ->
        only.component().places().stream()
            .map(place -> new RecurrentCell.Place(place.path(), place.cell(), false))
            .toList();
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "RNN";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new RNN(config, semantics);
    }
  }
}
