package org.rondoml.standard.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.Callback;

class TerminateOnNaNTest {
  @Test
  void stopsAtAFigureThatIsNotFinite() {
    Recorder run = new Recorder();
    Callback.Session session = new TerminateOnNaN().start(run);
    session.epochEnd(0, Map.of("loss", 1.0));
    assertEquals(List.of(), run.actions);
    session.epochEnd(1, Map.of("val_loss", Double.NaN));
    assertEquals(
        List.of("say Epoch 2: val_loss is NaN, terminating training", "stop"), run.actions);
  }
}
