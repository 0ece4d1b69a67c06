package org.rondoml.dsl.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.History;
import org.rondoml.api.Model;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Precision;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Dataset;
import org.rondoml.dsl.specification.Specification;

/** A model for programs, over an injector. */
final class EmbeddedModel implements Model {
  private final Experiment experiment;
  private boolean weightsAreShared;

  EmbeddedModel(Experiment experiment) {
    this.experiment = experiment;
  }

  @Override
  public String name() {
    return experiment.get(Specification.class).name();
  }

  @Override
  public List<NamedWeight> weights() {
    weightsAreShared = true;
    return experiment.get(Network.class).weights();
  }

  @Override
  public long parameterCount() {
    return experiment.get(Graph.class).parameterCount();
  }

  @Override
  public List<INDArray> predict(List<INDArray> inputs, int batchSize) {
    if (batchSize < 1) {
      throw new UsageException("found a batch size of " + batchSize + ", expected at least 1");
    }
    Map<String, INDArray> named = new LinkedHashMap<>();
    inputs.forEach(array -> named.put("input " + named.size(), array));
    SampleData data =
        SampleData.of(
            new Dataset(named, List.of(), null, "predict"),
            experiment.get(Graph.class),
            experiment.get(Precision.class));
    packSharedWeights();
    return experiment.get(Predictor.class).predict(data, batchSize);
  }

  @Override
  public Map<String, Double> evaluate(String data) {
    SampleLoader loader = experiment.get(SampleLoader.class);
    SampleData samples =
        switch (data) {
          case "train" -> loader.train();
          case "validation" -> loader.validation();
          default ->
              throw new DataException("no data '" + data + "': expected train or validation");
        };
    packSharedWeights();
    return experiment
        .get(EvaluatorFactory.class)
        .of(samples)
        .evaluate(samples, experiment.get(FitPlan.class).batchSize());
  }

  /** Whoever has the arrays of the weights may have written to them since. */
  private void packSharedWeights() {
    if (weightsAreShared) {
      experiment.get(Network.class).weightsChanged(experiment.get(Workers.class));
    }
  }

  @Override
  public History fit() {
    experiment.get(Specification.class).fit().callbacks().forEach(Callback::checkNewTraining);
    Trainer trainer = experiment.get(Trainer.class);
    trainer.fit();
    return trainer.history();
  }

  @Override
  public void loadWeights(Path file) {
    experiment
        .get(WeightFiles.class)
        .read(file, experiment.get(Network.class), experiment.get(Workers.class));
  }

  @Override
  public void saveWeights(Path file) {
    experiment.get(WeightFiles.class).write(file, experiment.get(Network.class));
  }

  @Override
  public void close() {
    experiment.close();
  }
}
