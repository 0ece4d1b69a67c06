package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.io.NpzFormat;

/**
 * The command line computes what Keras computed: predict, train with {@code --initial-weights},
 * export.
 */
class GoldenCommandLineTest {
  @TempDir private Path temporary = Path.of("");

  static Stream<GoldenCase> cases() throws IOException, URISyntaxException {
    return GoldenCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatKerasComputes(GoldenCase golden) throws IOException {
    String model = golden.model().toString();
    String initial = golden.initialWeights(temporary).toString();
    Path run = temporary.resolve("run");

    golden.assertSameOutputs("before", predict(golden, model, "--initial-weights", initial));

    rondo("train", model, "--initial-weights", initial, "-o", run.toString());
    golden.assertSameOutputs("after", predict(golden, run.toString()));
    golden.assertSameHistory(
        new ObjectMapper()
            .readValue(
                run.resolve("history.json").toFile(),
                new TypeReference<Map<String, List<Double>>>() {}));

    Path npz = temporary.resolve("final.npz");
    rondo("export", run.toString(), npz.toString());
    golden.assertSameWeights(weights(npz));

    // Through Keras' own format and back.
    Path h5 = temporary.resolve("final.weights.h5");
    rondo("export", run.toString(), h5.toString());
    Path back = temporary.resolve("back.npz");
    rondo("export", model, "--initial-weights", h5.toString(), back.toString());
    golden.assertSameWeights(weights(back));
  }

  private List<INDArray> predict(GoldenCase golden, String... model) {
    boolean single = golden.expectedOutputs("before").size() == 1;
    Path output = temporary.resolve(single ? "output.npy" : "output.npz");
    List<String> arguments = new ArrayList<>(List.of("predict"));
    arguments.addAll(List.of(model));
    arguments.addAll(List.of("--input", golden.data().toString(), "--output", output.toString()));
    rondo(arguments.toArray(String[]::new));
    return single ? List.of(NpyFormat.read(output)) : List.copyOf(NpzFormat.read(output).values());
  }

  private static List<INDArray> weights(Path file) {
    Map<String, INDArray> arrays = NpzFormat.read(file);
    List<INDArray> weights = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      weights.add(Objects.requireNonNull(arrays.get(Integer.toString(i))));
    }
    return weights;
  }

  private static void rondo(String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(0, run.status(), run.err());
  }
}
