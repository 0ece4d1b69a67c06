package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.TrainingException;
import org.rondoml.core.spi.Callback;

class TerminateOnNaNTest {
  private final Recorder run = new Recorder();

  @Test
  void stopsAtAFigureThatIsNotFinite() {
    Callback.Session session =
        Recorder.callback("TerminateOnNaN", Map.of(), Semantics.KERAS3).start(run);
    session.epochEnd(0, Map.of("loss", 1.0));
    assertEquals(List.of(), run.actions);
    session.epochEnd(1, Map.of("val_loss", Double.NaN));
    assertEquals(
        List.of("say Epoch 2: val_loss is NaN, terminating training", "stop"), run.actions);
  }

  @Test
  void failsWhereAskedTo() {
    Callback.Session session =
        Recorder.callback("TerminateOnNaN", Map.of("raise_error", true), Semantics.KERAS3)
            .start(run);
    assertEquals(
        "val_loss is Infinity after epoch 3",
        assertThrows(
                TrainingException.class,
                () -> session.epochEnd(2, Map.of("val_loss", Double.POSITIVE_INFINITY)))
            .getMessage());
  }

  @Test
  void tfKerasKnowsNoErrors() {
    assertEquals(
        "TerminateOnNaN.raise_error: not known in semantics: tf2; tf_keras has no raise_error: write"
            + " semantics: keras3, or drop it",
        Recorder.mistake("TerminateOnNaN", Map.of("raise_error", true), Semantics.TF2));
  }
}
