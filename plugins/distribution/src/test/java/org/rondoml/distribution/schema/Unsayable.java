package org.rondoml.distribution.schema;

/** Why a schema can't say what {@code rondo check} says, and how one knows that this is why. */
enum Unsayable {
  /** JSON has values without quotes: {@code "1e-4"} and {@code 1e-4} may be the same text. */
  QUOTES {
    @Override
    boolean holds(Binding binding) {
      return binding.saysOnly("remove the quotes$");
    }
  },

  /** JSON has numbers and truths without their spelling: {@code 3.0} is 3. */
  SPELLING {
    @Override
    boolean holds(Binding binding) {
      return binding.saysOnly(
          "without point or exponent|without the leading zero|in decimal|write (?:true|false)$");
    }
  },

  /** A fraction is a text to JSON, and a text has no range. */
  FRACTION {
    @Override
    boolean holds(Binding binding) {
      return binding.saysOnly("^found \\S+/\\S+, expected a number");
    }
  },

  /** What a key deep inside may be depends on {@code semantics}, at the top. */
  GENERATION {
    @Override
    boolean holds(Binding binding) {
      return binding.saysOnly("not known in semantics: ");
    }
  },

  /**
   * Each value is right by itself; what is wrong was found by the code of a record that has all.
   */
  CONTRADICTION {
    @Override
    boolean holds(Binding binding) {
      return binding.isContradiction();
    }
  },

  /** What is wrong is in the text, and gone from the document. */
  YAML {
    @Override
    boolean holds(Binding binding) {
      return binding.saysOnly("duplicate key|anchors are not|tags are not");
    }
  };

  /** Whether this is why. */
  abstract boolean holds(Binding binding);
}
