package org.rondoml.rnn;

import java.util.List;

/**
 * Several products of a step, one for each gate that multiplies something of its own.
 *
 * @param terms the products
 */
record TermList(List<RecurrentTerm> terms) implements RecurrentTerm {
  static TermList of(List<? extends RecurrentTerm> terms) {
    return new TermList(List.copyOf(terms));
  }

  @Override
  public void begin() {
    terms.forEach(RecurrentTerm::begin);
  }

  @Override
  public void forward(int step) {
    terms.forEach(term -> term.forward(step));
  }

  @Override
  public void forwardFromZeros() {
    terms.forEach(RecurrentTerm::forwardFromZeros);
  }

  @Override
  public int parts() {
    boolean all = terms.stream().allMatch(term -> term.parts() > 0);
    return all ? terms.stream().mapToInt(RecurrentTerm::parts).sum() : 0;
  }

  @Override
  public void forward(int step, int fromPart, int toPart) {
    int first = 0;
    for (RecurrentTerm term : terms) {
      int from = Math.max(0, fromPart - first);
      int to = Math.min(term.parts(), toPart - first);
      if (from < to) {
        term.forward(step, from, to);
      }
      first += term.parts();
    }
  }

  @Override
  public void backward(int step) {
    terms.forEach(term -> term.backward(step));
  }

  @Override
  public void backwardToZeros() {
    terms.forEach(RecurrentTerm::backwardToZeros);
  }

  @Override
  public void clear(int step, int sample) {
    terms.forEach(term -> term.clear(step, sample));
  }

  @Override
  public void addGradients() {
    terms.forEach(RecurrentTerm::addGradients);
  }
}
