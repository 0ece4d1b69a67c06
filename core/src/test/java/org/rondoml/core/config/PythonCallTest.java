package org.rondoml.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonCallTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Flatten() | Flatten",
        "LSTM(256) | LSTM: 256",
        "LSTM(256, 'relu') | LSTM: {units: 256, activation: relu}",
        "tf.keras.layers.LSTM(units=256,) | LSTM: {units: 256}",
        "Input(shape=(28, None)) | Input: {shape: [28, null]}",
        "Input((28,)) | Input: [28]",
        "A(b=True, c=None, d=\"x\") | A: {b: true, c: null, d: x}",
        "Bidirectional(LSTM(3), merge_mode='sum') | Bidirectional: {units: {LSTM: 3}, merge_mode: sum}",
        "A(1, 2, 3) | A: {units: 1, activation: 2, ?: 3}"
      })
  void isWrittenInYaml(String python, String yaml) {
    assertEquals(yaml, PythonCall.of(python).orElseThrow().yaml(List.of("units", "activation")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LSTM", "relu", "(28, 28)", "3(4)", "LSTM(3", "a b(c)", ""})
  void othersAreNoCalls(String text) {
    assertTrue(PythonCall.of(text).isEmpty());
  }
}
