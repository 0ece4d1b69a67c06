package org.rondoml.core.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Node;
import org.rondoml.core.graph.Graph;

/**
 * A model to be written to another program's file.
 *
 * @param file the model file, for messages
 * @param name the model's name
 * @param semantics whose arithmetic it has
 * @param precision the floating-point format
 * @param batchSize samples a step, for layers that keep their states
 * @param graph the layers with their shapes and connections
 * @param layers for each step of the graph its item in the document, every default written out:
 *     {@code {LSTM: {units: 4, ...}, from: [...]}}
 * @param compilation the section {@code compile}, every default written out; null, or a node of
 *     that, for none
 */
public record ModelDescription(
    String file,
    String name,
    Semantics semantics,
    Precision precision,
    int batchSize,
    Graph graph,
    List<Node.Mapping> layers,
    @Nullable Node compilation) {
  /** Copies the list. */
  public ModelDescription {
    layers = List.copyOf(layers);
  }
}
