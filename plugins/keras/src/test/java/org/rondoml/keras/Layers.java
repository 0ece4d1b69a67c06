package org.rondoml.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.NamedWeight;
import org.rondoml.core.spi.Exporter.LayerWeights;

/** Layers for tests, as the engine would hand them over. */
final class Layers {
  /** The layers of the fixtures, as {@code Class:name}. */
  static final Map<String, String> CASES = new LinkedHashMap<>();

  static {
    CASES.put("lstm-last", "Input:input LSTM:lstm");
    CASES.put("lstm-stacked", "Input:input LSTM:lstm LSTM:lstm_1 Dense:dense");
    CASES.put("lstm-tf1", "Input:input LSTM:lstm LSTM:lstm_1");
    CASES.put("lstm-tf2", "Input:input LSTM:lstm LSTM:lstm_1");
    String program =
        "Input:input LSTM:lstm Dropout:dropout LSTM:lstm_1 Dropout:dropout_1 Dense:dense"
            + " Dropout:dropout_2 Dense:dense_1";
    CASES.put("program-small-keras3", program);
    CASES.put("program-small-tf1", program);
    CASES.put("program-small-tf2", program);
    CASES.put("simplernn-last", "Input:input SimpleRNN:simple_rnn");
    CASES.put(
        "simplernn-stacked", "Input:input SimpleRNN:simple_rnn SimpleRNN:simple_rnn_1 Dense:dense");
    CASES.put("simplernn-tf1", "Input:input SimpleRNN:simple_rnn SimpleRNN:simple_rnn_1");
    CASES.put("simplernn-tf2", "Input:input SimpleRNN:simple_rnn SimpleRNN:simple_rnn_1");
    CASES.put(
        "graph-two-inputs", "Input:seq Input:side LSTM:enc Dense:den Concatenate:cat Dense:out");
  }

  private Layers() {}

  /** The layers of a fixture. */
  static String ofCase(String name) {
    return Objects.requireNonNull(CASES.get(name), name);
  }

  /** Layers with weights of the shapes of some values, which are not theirs yet. */
  static List<LayerWeights> of(String layers, List<INDArray> shapes, DataType type) {
    List<LayerWeights> all = new ArrayList<>();
    int next = 0;
    for (String layer : layers.split(" ", -1)) {
      String className = layer.substring(0, layer.indexOf(':'));
      String name = layer.substring(layer.indexOf(':') + 1);
      List<NamedWeight> weights = new ArrayList<>();
      for (String weight : weights(className)) {
        INDArray value = Nd4j.valueArrayOf(shapes.get(next++).shape(), -7.0, type);
        String group = weight.contains("/") ? weight.substring(0, weight.lastIndexOf('/')) : "";
        weights.add(
            new NamedWeight(name, group, weight.substring(weight.lastIndexOf('/') + 1), value));
      }
      all.add(new LayerWeights(name, className, weights));
    }
    return all;
  }

  private static List<String> weights(String className) {
    return switch (className) {
      case "LSTM", "SimpleRNN" -> List.of("cell/kernel", "cell/recurrent_kernel", "cell/bias");
      case "Dense" -> List.of("kernel", "bias");
      case "Bidirectional" ->
          List.of(
              "forward_layer/cell/kernel",
              "forward_layer/cell/recurrent_kernel",
              "forward_layer/cell/bias",
              "backward_layer/cell/kernel",
              "backward_layer/cell/recurrent_kernel",
              "backward_layer/cell/bias");
      default -> List.of();
    };
  }

  /** The values of all weights, in the order of get_weights(). */
  static List<INDArray> values(List<LayerWeights> layers) {
    return layers.stream().flatMap(l -> l.weights().stream()).map(NamedWeight::value).toList();
  }

  /** The arrays {@code prefix_0}, {@code prefix_1}, ... */
  static List<INDArray> numbered(Map<String, INDArray> arrays, String prefix) {
    List<INDArray> all = new ArrayList<>();
    while (arrays.containsKey(prefix + "_" + all.size())) {
      all.add(Objects.requireNonNull(arrays.get(prefix + "_" + all.size())));
    }
    return all;
  }
}
