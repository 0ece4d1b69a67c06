package org.rondoml.rnn;

import java.util.List;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;

/**
 * What a recurrent layer does at a time step: Keras' argument {@code cell} of {@code RNN}. It is
 * one {@link FusedCell}, or several of which each reads what the one before it puts out.
 */
@Kind(value = "cell", arguments = LayerArguments.class)
public interface RecurrentCell {
  /** The fused cells, from the input to the output. */
  List<Place> places();

  /**
   * A fused cell in its place.
   *
   * @param path its place among the parameters of the layer, {@code cells/lstm_cell}; empty for a
   *     layer's only cell
   * @param cell the cell
   * @param trainable whether training changes its parameters
   */
  record Place(String path, FusedCell cell, boolean trainable) {}

  /** Brings a cell. */
  interface Provider<C extends Record> extends ComponentProvider<C, RecurrentCell> {
    @Override
    default Class<RecurrentCell> kind() {
      return RecurrentCell.class;
    }
  }
}
