package org.rondoml.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.core.spi.Exporter.LayerWeights;

class LayerPathsTest {
  /** What keras.src.utils.naming.to_snake_case gives. */
  @ParameterizedTest
  @CsvSource({
    "LSTM, lstm",
    "SimpleRNN, simple_rnn",
    "GRU, gru",
    "Dense, dense",
    "ConvLSTM2D, conv_lstm2d",
    "TimeDistributed, time_distributed",
    "BatchNormalization, batch_normalization",
    "RNN, rnn",
    "Conv1D, conv1d",
    "GlobalMaxPooling1D, global_max_pooling1d",
    "InputLayer, input_layer",
    "UnitNormalization, unit_normalization",
    "PReLU, p_re_lu"
  })
  void classNamesInSnakeCase(String className, String expected) {
    assertEquals(expected, LayerPaths.snakeCase(className));
  }

  @Test
  void countsWithinAClassWhateverTheNames() {
    assertEquals(
        List.of("input_layer", "lstm", "dense", "lstm_1", "dense_1", "mine"),
        LayerPaths.of(
            List.of(
                layer("x", "Input"),
                layer("encoder", "LSTM"),
                layer("d", "Dense"),
                layer("lstm", "LSTM"),
                layer("out", "Dense"),
                layer("m", "vendor/Mine"))));
  }

  private static LayerWeights layer(String name, String className) {
    return new LayerWeights(name, className, List.of());
  }
}
