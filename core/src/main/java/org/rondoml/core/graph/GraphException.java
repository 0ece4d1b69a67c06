package org.rondoml.core.graph;

import java.util.List;

/** A model's layers don't fit together: every place where they don't. */
public final class GraphException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Misfit> misfits;

  /** A failure with its places. */
  public GraphException(List<Misfit> misfits) {
    super(misfits.toString());
    this.misfits = List.copyOf(misfits);
  }

  /** The places, in the order of the layers. */
  public List<Misfit> misfits() {
    return misfits;
  }

  /**
   * One place.
   *
   * @param layer the index of the layer in the list; -1 for the model as a whole
   * @param message what came in, what is needed, and the cure
   * @param ofWhole whether it is one of all layers together, which says nothing where some had to
   *     be left out
   */
  public record Misfit(int layer, String message, boolean ofWhole) {
    /** A place of a layer, or with -1 of the model. */
    public Misfit(int layer, String message) {
      this(layer, message, layer < 0);
    }
  }
}
