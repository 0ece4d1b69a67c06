package org.rondoml.standard.losses;

import java.util.Optional;
import org.rondoml.core.spi.Activation;

/** What a loss takes outputs for, and what is doubtful where an activation gives something else. */
enum Expectation {
  /** Probabilities of several classes, which sum up to 1. */
  CLASSES {
    @Override
    Optional<String> doubt(Activation activation) {
      return activation.link() == Activation.Link.OTHER
          ? Optional.of(
              "takes the outputs for probabilities of classes, which sum up to 1, but no softmax"
                  + " makes them so: give the last layer activation: softmax, or the loss"
                  + " from_logits: true")
          : Optional.empty();
    }
  },

  /** Separate probabilities. */
  PROBABILITIES {
    @Override
    Optional<String> doubt(Activation activation) {
      return activation.isIdentity()
          ? Optional.of(
              "takes the outputs for probabilities, but they may be any numbers: give the last"
                  + " layer activation: sigmoid, or the loss from_logits: true")
          : Optional.empty();
    }
  },

  /** What goes into a softmax or sigmoid. */
  LOGITS {
    @Override
    Optional<String> doubt(Activation activation) {
      return activation.link() == Activation.Link.OTHER
          ? Optional.empty()
          : Optional.of(
              "from_logits: true, but the last layer's activation makes probabilities of the logits"
                  + " already: leave one of the two out");
    }
  },

  /** Any numbers. */
  NUMBERS {
    @Override
    Optional<String> doubt(Activation activation) {
      return activation.link() == Activation.Link.SOFTMAX
          ? Optional.of(
              "compares numbers, but the last layer's softmax puts out probabilities of classes:"
                  + " use categorical_crossentropy, sparse_categorical_crossentropy where targets"
                  + " are class numbers, or activation: linear")
          : Optional.empty();
    }
  };

  /** What is doubtful for an activation, with the cure. */
  abstract Optional<String> doubt(Activation activation);
}
