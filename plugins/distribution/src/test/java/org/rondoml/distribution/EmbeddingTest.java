package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.History;
import org.rondoml.api.Model;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Rondo;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.run.Settings;

/** Rondo inside another program. */
class EmbeddingTest {
  @TempDir private Path temporary = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    file = SmallModel.write(temporary);
  }

  @Test
  void trainsEvaluatesPredictsAndKeepsWeights() {
    Path weights = temporary.resolve("trained.weights.h5");
    INDArray x = Nd4j.ones(4, 5, 3);
    INDArray outputs;
    try (Model model = Rondo.open(file)) {
      History history = model.fit();
      assertEquals(
          List.of("loss", "accuracy", "val_loss", "val_accuracy"),
          List.copyOf(history.values().keySet()));
      assertEquals(3, history.epochs());
      assertEquals(
          history.get("val_loss").stream().min(Double::compare).orElse(0.0),
          model.evaluate("validation").get("loss"),
          1e-9);
      assertEquals("small", model.name());
      assertEquals(946, model.parameterCount());
      model.saveWeights(weights);
      outputs = model.predict(List.of(x), 32).get(0);
    }
    try (Model model = Rondo.open(file)) {
      model.loadWeights(weights);
      assertArrayEquals(
          outputs.data().asFloat(), model.predict(List.of(x), 2).get(0).data().asFloat());
    }
  }

  @Test
  void weightsThatWereWrittenToAreUsed() {
    INDArray x = Nd4j.ones(1, 5, 3);
    try (Model model = Rondo.open(file)) {
      INDArray before = model.predict(List.of(x), 1).get(0);
      List<NamedWeight> weights = model.weights();
      List<INDArray> copies = weights.stream().map(weight -> weight.value().dup()).toList();
      weights.forEach(weight -> weight.value().assign(0));
      assertNotEquals(before, model.predict(List.of(x), 1).get(0));
      for (int i = 0; i < copies.size(); i++) {
        weights.get(i).value().assign(copies.get(i));
      }
      assertEquals(before, model.predict(List.of(x), 1).get(0));
    }
  }

  @Test
  void tellsWhatDoesNotFit() {
    try (Model model = Rondo.open(List.of(file), Map.of("fit.epochs", "1"))) {
      assertEquals(
          "predict: array 'input 0' has samples of shape (5, 4), but the model's Input expects (5, 3):"
              + " give the Input the shape of the samples, or the samples that of the Input",
          assertThrows(DataException.class, () -> model.predict(List.of(Nd4j.ones(4, 5, 4)), 32))
              .getMessage());
      assertEquals(
          "no data 'test': expected train or validation",
          assertThrows(DataException.class, () -> model.evaluate("test")).getMessage());
    }
    assertThrows(
        ModelFileException.class, () -> Rondo.open(List.of(file), Map.of("fit.epoch", "1")));
  }

  @Test
  void anyBindingMayBeOverridden() {
    List<String> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnd(int epoch, Map<String, Double> logs) {
            seen.add("epoch " + epoch);
          }
        };
    Module own =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(TrainingListener.class).toInstance(listener);
            bind(FitPlan.class).toInstance(new FitPlan(5, 16, false, 0, 1));
            bind(BooleanSupplier.class).toInstance(() -> seen.size() == 2);
          }
        };
    List<Module> modules =
        FileModelOpener.modules(
            SmallModel.read(file), SmallModel.registry(), new Settings(1, temporary));
    try (Model model = FileModelOpener.open(List.of(Modules.override(modules).with(own)))) {
      model.fit();
    }

    assertEquals(List.of("epoch 0", "epoch 1"), seen);
  }

  @Test
  void anInterruptedThreadStopsTraining() {
    Module interrupting =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(TrainingListener.class)
                .toInstance(
                    new TrainingListener() {
                      @Override
                      public void batchEnd(int samples, Map<String, Double> logs) {
                        Thread.currentThread().interrupt();
                      }
                    });
          }
        };
    List<Module> modules =
        FileModelOpener.modules(
            SmallModel.read(file), SmallModel.registry(), new Settings(1, temporary));
    try (Model model =
        FileModelOpener.open(List.of(Modules.override(modules).with(interrupting)))) {
      assertEquals(0, model.fit().epochs());
    }
    assertTrue(Thread.interrupted());
  }
}
