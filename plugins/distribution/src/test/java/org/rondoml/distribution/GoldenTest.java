package org.rondoml.distribution;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.History;
import org.rondoml.api.Model;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Rondo;

/** A program that uses the library computes what Keras computed: outputs, history, weights. */
class GoldenTest {
  @TempDir private Path temporary = Path.of("");

  static Stream<GoldenCase> cases() throws IOException, URISyntaxException {
    return GoldenCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatKerasComputes(GoldenCase golden) throws IOException {
    try (Model model = Rondo.open(golden.model())) {
      model.loadWeights(golden.initialWeights(temporary));
      golden.assertSameOutputs("before", model.predict(golden.inputs(), golden.batchSize()));
      History history = model.fit();
      List<INDArray> weights = model.weights().stream().map(NamedWeight::value).toList();
      golden.assertSameWeights(weights);
      golden.assertSameHistory(history.values());
      golden.assertSameOutputs("after", model.predict(golden.inputs(), golden.batchSize()));
    }
  }
}
