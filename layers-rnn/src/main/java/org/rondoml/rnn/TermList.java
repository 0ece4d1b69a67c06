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
  public void backward(int step) {
    terms.forEach(term -> term.backward(step));
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
