package org.rondoml.keras.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rondoml.core.config.Node;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;

/**
 * What Keras' JSON says in another way than the arguments of its classes, or says though it makes
 * no difference.
 */
final class KerasDifferences {
  /** Stands in the file, but is no argument of the class. */
  private static final Set<String> NO_ARGUMENTS =
      Set.of(
          // The precision of a layer, which is the model's; it is looked at there.
          "dtype",
          // Where an Input should stand; it is taken from there.
          "batch_input_shape",
          // How TensorFlow computes it, not what.
          "implementation",
          "jit_compile",
          "is_legacy_optimizer",
          // The function of a loss, which its class tells already.
          "fn",
          // Said by the Input.
          "input_length",
          // What a MultiHeadAttention was built with: the shapes of its inputs.
          "query_shape",
          "key_shape",
          "value_shape");

  /**
   * Keys of Rondo's layers that are arguments of the call in Keras, {@code layer(x,
   * use_causal_mask=True)}, and so stand with the connections.
   */
  private static final Set<String> CALL_ARGUMENTS = Set.of("use_causal_mask");

  /**
   * Rondo's ids where Keras' class has another name: regularizers.l1_l2 is a function there, whose
   * result is an L1L2.
   */
  private static final Map<String, String> CLASS_NAMES =
      Map.of("Input", "InputLayer", "l1_l2", "L1L2");

  /** Keys whose list is as long as a shape, so that one number is a list as well. */
  private static final List<String> ALWAYS_LISTS = List.of(".target_shape", ".dims");

  private KerasDifferences() {}

  /** Whether the value at a path is a list, though it may be of one number. */
  static boolean isAlwaysList(String path) {
    return ALWAYS_LISTS.stream().anyMatch(path::endsWith);
  }

  /** Whether a key that Rondo's component doesn't have says nothing that it would have to know. */
  static boolean saysNothing(Node.Entry entry) {
    // An argument that isn't given, or a switch that is off: what it would ask for isn't asked for.
    boolean off =
        entry.value().isNull()
            || (entry.value() instanceof Node.Scalar scalar
                && !scalar.quoted()
                && scalar.text().equals("false"));
    return off || NO_ARGUMENTS.contains(entry.key());
  }

  /** Whether a key of Rondo's is an argument of the call in Keras. */
  static boolean isCallArgument(String key) {
    return CALL_ARGUMENTS.contains(key);
  }

  /** Whether a value is left out in writing: SpatialDropout1D of Keras 3 doesn't know trainable. */
  static boolean goesWithoutSaying(String key, Node value) {
    return key.equals("trainable")
        && value instanceof Node.Scalar scalar
        && scalar.text().equals("true");
  }

  /** Whether Keras has no class for it, but chooses one by the shapes: {@code accuracy}. */
  static boolean isChosenByShapes(Class<?> kind, String id) {
    return (kind == Metric.class || kind == Loss.class) && Character.isLowerCase(id.charAt(0));
  }

  /** Keras' name of a class. */
  static String className(String id) {
    return CLASS_NAMES.getOrDefault(id, id);
  }

  /** Whether a class is a chain of layers. */
  static boolean isSequential(String className) {
    return className.equals("Sequential");
  }

  /** Whether a class is a graph of layers, which older generations call Model. */
  static boolean isFunctional(String className) {
    return List.of("Functional", "Model").contains(className);
  }

  /**
   * Whether a layer's name is one that Keras gave to an Input by itself: {@code input_layer_1},
   * {@code input_1}. Rondo's own is {@code input}.
   */
  static boolean isAutomaticInput(String name) {
    return name.matches("input(_layer)?(_[0-9]+)?");
  }

  /** Whether a model's name is one that Keras gave by itself. */
  static boolean isAutomaticModel(String name) {
    return name.matches("(sequential|functional|model)(_[0-9]+)?");
  }
}
