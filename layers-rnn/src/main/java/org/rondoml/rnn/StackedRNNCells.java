package org.rondoml.rnn;

import jakarta.validation.constraints.NotEmpty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.SnakeCase;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Nested;

/**
 * Cells that stand one upon another: each reads what the one before it puts out (Keras {@code
 * layers/rnn/stacked_rnn_cells.py}).
 *
 * <pre>
 * y_0 = x_t
 * y_i, states_i = cell_i(y_{i-1}, states_i)
 * y_t = y_n
 * </pre>
 *
 * <p>Parameters and states are those of the cells, in their order.
 */
public final class StackedRNNCells implements RecurrentCell {
  private final List<Place> places = new ArrayList<>();

  /**
   * The arguments of Keras' StackedRNNCells.
   *
   * @param cells the cells, from the input to the output
   */
  @Description("Cells that stand one upon another, each reading what the one before it puts out.")
  @Example("StackedRNNCells: {cells: [{LSTMCell: {units: 64}}, {LSTMCell: {units: 32}}]}")
  public record Config(
      @NotEmpty @Description("The cells, from the input to the output.")
          List<Nested<RecurrentCell>> cells) {}

  /** A stack with these arguments. */
  public StackedRNNCells(Config config) {
    Map<String, Integer> used = new HashMap<>();
    for (Nested<RecurrentCell> nested : config.cells()) {
      String base = SnakeCase.of(nested.id().substring(nested.id().indexOf('/') + 1));
      int number = used.merge(base, 1, Integer::sum) - 1;
      String path = "cells/" + (number == 0 ? base : base + "_" + number);
      for (Place inner : nested.component().places()) {
        places.add(
            new Place(
                inner.path().isEmpty() ? path : path + "/" + inner.path(),
                inner.cell(),
                inner.trainable() && nested.arguments().trainable()));
      }
    }
  }

  @Override
  public List<Place> places() {
    return List.copyOf(places);
  }

  /** Brings the cell. */
  public static final class Provider implements RecurrentCell.Provider<Config> {
    @Override
    public String id() {
      return "StackedRNNCells";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public RecurrentCell create(Config config, Semantics semantics) {
      return new StackedRNNCells(config);
    }
  }
}
