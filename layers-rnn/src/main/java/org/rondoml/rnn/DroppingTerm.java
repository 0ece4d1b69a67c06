package org.rondoml.rnn;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.LayerContext;

/** A product that drops some of what it multiplies in training, and nothing else. */
final class DroppingTerm implements RecurrentTerm {
  private final LayerContext context;
  private final RecurrentTerm whole;
  private final Supplier<RecurrentTerm> dropping;
  private @Nullable RecurrentTerm dropped;
  private RecurrentTerm chosen;

  DroppingTerm(LayerContext context, RecurrentTerm whole, Supplier<RecurrentTerm> dropping) {
    this.context = context;
    this.whole = whole;
    this.dropping = dropping;
    this.chosen = whole;
  }

  @Override
  public void begin() {
    chosen = context.training() ? dropped() : whole;
    chosen.begin();
  }

  private RecurrentTerm dropped() {
    RecurrentTerm made = dropped;
    if (made == null) {
      made = dropping.get();
      dropped = made;
    }
    return made;
  }

  @Override
  public void forward(int step) {
    chosen.forward(step);
  }

  @Override
  public void forwardFromZeros() {
    chosen.forwardFromZeros();
  }

  @Override
  public int parts() {
    return chosen.parts();
  }

  @Override
  public void forward(int step, int fromPart, int toPart) {
    chosen.forward(step, fromPart, toPart);
  }

  @Override
  public void backward(int step) {
    chosen.backward(step);
  }

  @Override
  public void backwardToZeros() {
    chosen.backwardToZeros();
  }

  @Override
  public void clear(int step, int sample) {
    chosen.clear(step, sample);
  }

  @Override
  public void addGradients() {
    chosen.addGradients();
  }
}
