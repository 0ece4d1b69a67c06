package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong or doubtful with a model though every key and value is right. */
class MeaningTest {
  @TempDir private Path temporary = Path.of("");

  private String said(String output, String loss, String metrics, int status) throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("m.yaml"),
            """
            rondo: 1
            model:
              layers:
                - Input: {shape: [4, 2]}
                - LSTM: 3
                - Dense: {%s}
            compile:
              optimizer: sgd
              loss: %s
              metrics: [%s]
            """
                .formatted(output, loss, metrics));
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertEquals(status, run.status(), run.err());
    return run.err().lines().findFirst().orElse("").replace(file.toString(), "m.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          units: 3, activation: softmax | mse                                                    | m.yaml:9:9: warning: compile.loss: compares numbers, but the last layer's softmax puts out probabilities of classes: use categorical_crossentropy, sparse_categorical_crossentropy where targets are class numbers, or activation: linear
          units: 3, activation: softmax | huber                                                  | m.yaml:9:9: warning: compile.loss: compares numbers, but the last layer's softmax puts out probabilities of classes: use categorical_crossentropy, sparse_categorical_crossentropy where targets are class numbers, or activation: linear
          units: 3                      | sparse_categorical_crossentropy                        | m.yaml:9:9: warning: compile.loss: takes the outputs for probabilities of classes, which sum up to 1, but no softmax makes them so: give the last layer activation: softmax, or the loss from_logits: true
          units: 3, activation: relu    | categorical_crossentropy                               | m.yaml:9:9: warning: compile.loss: takes the outputs for probabilities of classes, which sum up to 1, but no softmax makes them so: give the last layer activation: softmax, or the loss from_logits: true
          units: 3, activation: softmax | {SparseCategoricalCrossentropy: {from_logits: true}}   | m.yaml:9:9: warning: compile.loss: from_logits: true, but the last layer's activation makes probabilities of the logits already: leave one of the two out
          units: 1                      | binary_crossentropy                                    | m.yaml:9:9: warning: compile.loss: takes the outputs for probabilities, but they may be any numbers: give the last layer activation: sigmoid, or the loss from_logits: true
          units: 1, activation: softmax | binary_crossentropy                                    | m.yaml:9:9: warning: compile.loss: the output 'dense' is a softmax of one number, which is always 1: give it activation: sigmoid, or a unit for each class
          """)
  void doubtsAreTold(String output, String loss, String warning) throws IOException {
    assertEquals(warning, said(output, loss, "", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          units: 3, activation: softmax | sparse_categorical_crossentropy                      | accuracy, SparseTopKCategoricalAccuracy
          units: 3                      | {SparseCategoricalCrossentropy: {from_logits: true}} | accuracy
          units: 3, activation: softmax | categorical_crossentropy                             | accuracy, AUC, Precision
          units: 1, activation: sigmoid | binary_crossentropy                                  | accuracy, AUC
          units: 1                      | mse                                                  | mae
          units: 1, activation: sigmoid | mse                                                  | mae
          units: 3, activation: softmax | kl_divergence                                        | kl_divergence
          units: 3, activation: tanh    | hinge                                                |
          """)
  void whatIsUsualIsNot(String output, String loss, String metrics) throws IOException {
    assertEquals("", said(output, loss, metrics == null ? "" : metrics, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          units: 1, activation: softmax | sparse_categorical_crossentropy |                             | m.yaml:9:9: compile.loss: sparse_categorical_crossentropy compares probabilities of several classes, but the output has a single unit (shape (1)): use binary_crossentropy, or as many units as there are classes
          units: 3                      | mse                             | mae, sparse_categorical_accuracy | m.yaml:10:18: compile.metrics[1]: doesn't go with the loss, whose targets it can't take: sparse_categorical_accuracy takes class numbers; found targets of shape (3) and outputs of shape (3): categorical_accuracy takes one-hot targets, accuracy chooses by itself
          """)
  void whatNoDataCouldFitIsAMistake(String output, String loss, String metrics, String error)
      throws IOException {
    assertEquals(error, said(output, loss, metrics == null ? "" : metrics, 2));
  }

  @Test
  void targetsThatDoNotFitAreTold() throws IOException {
    Path model = SmallModel.write(temporary);
    CommandLineRun run =
        CommandLineRun.of("check", "--data", model.toString(), "--set", "data.train.npz.y=x");
    assertEquals(3, run.status());
    assertEquals(
        temporary.resolve("data.npz")
            + ": sparse_categorical_crossentropy takes class numbers; found targets of shape (5, 3) and"
            + " outputs of shape (2): the data needs one class number for each row of the output\n",
        run.err());
  }
}
