package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that Keras refuses, and {@code rondo check} too, before there is data: with every mistake
 * once, and nothing else.
 */
class RefusalTest {
  @TempDir private Path temporary = Path.of("");

  /** What is said of a file, without the excerpts. */
  private String refused(String text) throws IOException {
    Path file = Files.writeString(temporary.resolve("m.yaml"), text);
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertEquals(2, run.status(), run.err());
    return run.err()
        .lines()
        .filter(line -> line.startsWith(file.toString()))
        .map(line -> line.replace(file.toString(), "m.yaml"))
        .collect(Collectors.joining("\n"));
  }

  private String refusedLayer(String layer, String compile) throws IOException {
    return refused(
        """
        rondo: 1
        model:
          layers:
            - Input: {shape: [6, 4]}
            - %s
            - Flatten
            - Dense: 2
        compile: {%s}
        """
            .formatted(layer, compile));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Dense: {units: 2, kernel_initializer: STFT}                               | m.yaml:5:7: model.layers[1].Dense: STFT makes kernels of shape (steps, 1, frequencies), found a parameter of shape (4, 2): use it as the kernel_initializer of a Conv1D over one channel
          Dense: {units: 2, bias_initializer: Orthogonal}                           | m.yaml:5:7: model.layers[1].Dense: Orthogonal draws matrices, found a parameter of shape (2): use another initializer there
          LSTM: {units: 2, bias_initializer: orthogonal}                            | m.yaml:5:7: model.layers[1].LSTM: Orthogonal draws matrices, found a parameter of shape (2): use another initializer there
          Conv1D: {filters: 2, kernel_size: 3, kernel_initializer: identity}        | m.yaml:5:7: model.layers[1].Conv1D: Identity makes matrices, found a parameter of shape (3, 4, 2): use another initializer there
          TimeDistributed: {layer: {Input: {shape: [4]}}}                           | m.yaml:5:32: model.layers[1].TimeDistributed.layer: found Input, expected a layer that computes something: Input stands only in model.layers itself
          TimeDistributed: {layer: {Shared: input}}                                 | m.yaml:5:32: model.layers[1].TimeDistributed.layer: found Shared, expected a layer that computes something: Shared stands only in model.layers itself
          RNN: {cell: {LSTM: 3}}                                                    | m.yaml:5:20: model.layers[1].RNN.cell.LSTM: unknown cell 'LSTM': it is a layer (did you mean 'LSTMCell'?)
          Activation: glu                                                           | m.yaml:5:19: model.layers[1].Activation.activation: unknown activation 'glu': it halves the last axis, which the layers of Keras 3 don't expect: multiply a Dense of half the units by one with activation: sigmoid, by Multiply
          Dense: {units: 2, activation: threshold}                                  | m.yaml:5:37: model.layers[1].Dense.activation: unknown activation 'threshold': Keras 3 can't call it by name either, as it needs two arguments; ReLU: {threshold: ...} lets pass what lies above a threshold
          BatchNormalization: {axis: [1, 2]}                                        | m.yaml:5:34: model.layers[1].BatchNormalization.axis: found 2 entries, expected one entry
          """)
  void layers(String layer, String message) throws IOException {
    assertEquals(message, refusedLayer(layer, "optimizer: sgd, loss: mse"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimizer: {SGD: {learning_rate: true}}, loss: mse                         | m.yaml:8:44: compile.optimizer.SGD.learning_rate: unknown schedule 'true'; installed: Constant, CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay; plugin jars are added with --plugins DIR or RONDO_PLUGINS
          optimizer: {SGD: {learning_rate: null}}, loss: mse                         | m.yaml:8:44: compile.optimizer.SGD.learning_rate: found null, expected a number or a schedule
          optimizer: {SGD: {learning_rate: [0.1]}}, loss: mse                        | m.yaml:8:44: compile.optimizer.SGD.learning_rate: found a list, expected a number or a schedule: Name or Name: {key: value}
          optimizer: sgd, loss: circle                                               | m.yaml:8:33: compile.loss: unknown loss 'circle': it compares each sample of a batch with all the others, which losses here don't see: sparse_categorical_crossentropy after a Dense with a unit for each class trains the layers before it as well
          optimizer: sgd, loss: mse, metrics: [Mean]                                 | m.yaml:8:48: compile.metrics[0]: unknown metric 'Mean': it averages or sums numbers that a program hands it, not targets and outputs: mae and mse are means of both
          optimizer: sgd, loss: mse, metrics: [{Precision: {top_k: 9}}]              | m.yaml:8:49: compile.metrics[0].Precision: precision: top_k 9 of outputs of shape (2), expected 2 at most
          optimizer: sgd, loss: mse, metrics: [sparse_categorical_accuracy]          | m.yaml:8:48: compile.metrics[0]: doesn't go with the loss, whose targets it can't take: sparse_categorical_accuracy takes class numbers; found targets of shape (2) and outputs of shape (2): categorical_accuracy takes one-hot targets, accuracy chooses by itself
          """)
  void compile(String compile, String message) throws IOException {
    assertEquals(message, refusedLayer("Identity", compile));
  }

  @Test
  void whatFollowsFromAMistakeIsNotTold() throws IOException {
    assertEquals(
        "m.yaml:6:20: model.layers[2].Dot.axes[0]: found x, expected a whole number",
        refused(
            """
            rondo: 1
            model:
              layers:
                - Input: {shape: [4], name: a}
                - Input: {shape: [4], name: b}
                - {Dot: {axes: x}, from: [a, b]}
            """));
  }

  @Test
  void anOutputIsNamedOnce() throws IOException {
    assertEquals(
        "m.yaml:6:12: model.outputs: output 'z' is named twice: name each output once",
        refused(
            """
            rondo: 1
            model:
              layers:
                - Input: {shape: [4]}
                - Dense: {units: 2, name: z}
              outputs: [z, z]
            """));
  }
}
