package org.rondoml.dsl.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Padding;
import org.rondoml.core.spi.Tokenizer;
import org.rondoml.core.spi.Transform;
import org.rondoml.dsl.runfolder.DataState;
import org.rondoml.dsl.specification.DataSection;

/**
 * Loads samples and transforms them. A transform that learns, learns from the training samples
 * alone.
 */
public final class SampleLoader {
  private final DataSection data;
  private final double validationSplit;
  private final Graph graph;
  private final Precision precision;
  private final Path directory;
  private @Nullable List<Transform> fitted;
  private @Nullable Map<String, List<String>> classes;

  /**
   * A loader.
   *
   * @param validationSplit the share of the training samples, from their end, to evaluate on
   * @param directory what relative paths are relative to
   */
  public SampleLoader(
      DataSection data, double validationSplit, Graph graph, Precision precision, Path directory) {
    this.data = data;
    this.validationSplit = validationSplit;
    this.graph = graph;
    this.precision = precision;
    this.directory = directory;
  }

  /** Training and validation samples before they are transformed. */
  private record Raw(Dataset train, @Nullable Dataset validation) {}

  /**
   * The samples of the model file.
   *
   * @throws DataException where they are missing, damaged, or don't fit the model
   */
  public Samples load() {
    return load((part, dataset) -> {});
  }

  /**
   * The same.
   *
   * @param seen is shown {@code train}, and {@code validation} where there is any, transformed, but
   *     not yet as the engine reads them
   */
  public Samples load(BiConsumer<String, Dataset> seen) {
    Raw raw = raw();
    List<Transform> known = fitted;
    List<Transform> transforms = known != null ? known : fit(raw.train());
    Dataset validation = raw.validation();
    return new Samples(
        samples("train", raw.train(), transforms, seen),
        validation == null ? null : samples("validation", validation, transforms, seen));
  }

  private SampleData samples(
      String part, Dataset dataset, List<Transform> transforms, BiConsumer<String, Dataset> seen) {
    Dataset transformed = apply(transforms, dataset);
    seen.accept(part, transformed);
    return SampleData.of(transformed, graph, precision);
  }

  /** What has been learned from the training samples, to be kept. */
  public DataState state() {
    Map<String, List<String>> words = classes;
    return new DataState(
        words == null ? Map.of() : words, transforms().stream().map(Transform::state).toList());
  }

  /**
   * Takes what was learned earlier; the training samples aren't asked again.
   *
   * @throws DataException where it is that of other transforms
   */
  public void restore(DataState state) {
    List<Transform> transforms = data.transforms();
    if (transforms.size() != state.transforms().size()) {
      throw new DataException(
          "data.transforms: found "
              + transforms.size()
              + ", but the run has learned for "
              + state.transforms().size());
    }
    List<Transform> restored = new ArrayList<>();
    for (int i = 0; i < transforms.size(); i++) {
      Transform transform = transforms.get(i);
      restored.add(transform.learns() ? transform.restore(state.transforms().get(i)) : transform);
    }
    fitted = restored;
    classes = state.classes();
  }

  /**
   * Takes it that words had no numbers earlier: a run without {@link #state} had nothing to keep.
   */
  public void restoreNothing() {
    classes = Map.of();
  }

  /** The names of the training data's targets; empty where they have none. */
  public List<String> targetNames() {
    return data.train().targetNames();
  }

  /** The model's outputs in the units of the data's targets. */
  public List<INDArray> inUnitsOfTargets(List<INDArray> outputs) {
    List<INDArray> back = outputs;
    List<Transform> transforms = transforms();
    for (int i = transforms.size() - 1; i >= 0; i--) {
      back = transforms.get(i).undo(back);
    }
    return back;
  }

  /**
   * Samples to predict, from a file of the kind that the training data comes from.
   *
   * @throws DataException where the source of the training data reads no other file
   */
  public SampleData toPredict(Path file) {
    DataSource source =
        data.train()
            .toPredict(file.toAbsolutePath(), targetNames().isEmpty() ? Map.of() : classes())
            .orElseThrow(
                () ->
                    new DataException(
                        file
                            + ": can't be read as the training data is, which comes from another"
                            + " kind of source; expected .npy or .npz"));
    return load(source, directory);
  }

  /**
   * The validation samples alone; the training samples are read only where a transform learns from
   * them.
   *
   * @throws DataException where there are none
   */
  public SampleData validation() {
    DataSource source = data.validation();
    if (source != null) {
      return load(source, directory);
    }
    Dataset split = raw().validation();
    if (split == null) {
      throw new DataException(
          "the model file names no validation data: expected data.validation or fit.validation_split");
    }
    return samples(split, transforms());
  }

  /** Whether the model file names validation samples. */
  public boolean hasValidation() {
    return data.validation() != null || validationSplit > 0;
  }

  /** The training samples alone. */
  public SampleData train() {
    return samples(raw().train(), transforms());
  }

  /**
   * The samples of another source.
   *
   * @param folder what its relative paths are relative to
   */
  public SampleData load(DataSource source, Path folder) {
    return transformed(source.numberedAs(this::classes).load(folder, purpose(0)));
  }

  private DataSource.Purpose purpose(double split) {
    return new DataSource.Purpose(
        graph.inputs().stream().map(i -> graph.steps().get(i).outputShapes().get(0)).toList(),
        split);
  }

  /** Samples of any origin, transformed as the training samples were. */
  public SampleData transformed(Dataset dataset) {
    return samples(dataset, transforms());
  }

  /** How the training data reads text; empty where it is something else. */
  public Optional<Tokenizer> tokenizer() {
    return data.train().tokenizer(this::classes);
  }

  /** What numbers mean in the training data, which is read where that isn't known yet. */
  public Map<String, List<String>> classes() {
    Map<String, List<String>> known = classes;
    if (known == null) {
      known = data.train().load(directory, purpose(0)).classes();
      classes = known;
    }
    return known;
  }

  private Raw raw() {
    DataSource source = data.validation();
    if (source != null) {
      requireFiles(source); // before the others are read, which may take a while
    }
    Map<String, List<String>> known = classes;
    DataSource first = known == null ? data.train() : data.train().numberedAs(() -> known);
    Dataset train = first.load(directory, purpose(source == null ? validationSplit : 0));
    checkClasses(train);
    classes = train.classes();
    if (source != null) {
      return new Raw(train, source.numberedAs(this::classes).load(directory, purpose(0)));
    }
    if (validationSplit == 0) {
      return new Raw(train, null);
    }
    int splitAt = (int) Math.floor(train.size() * (1 - validationSplit));
    if (splitAt == 0 || splitAt == train.size()) {
      throw new DataException(
          train.origin()
              + ": validation_split "
              + validationSplit
              + " of "
              + train.size()
              + " samples leaves none to "
              + (splitAt == 0 ? "train" : "evaluate")
              + " on");
    }
    return new Raw(rows(train, 0, splitAt), rows(train, splitAt, train.size()));
  }

  private void requireFiles(DataSource source) {
    source.files().forEach(file -> DataFiles.requireFile(directory.resolve(file)));
  }

  private static Dataset rows(Dataset dataset, int from, int to) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    dataset.inputs().forEach((name, array) -> inputs.put(name, rows(array, from, to)));
    INDArray weights = dataset.sampleWeights();
    Padding padding = dataset.padding();
    return new Dataset(
        inputs,
        dataset.targets().stream().map(array -> rows(array, from, to)).toList(),
        weights == null ? null : rows(weights, from, to),
        dataset.origin(),
        dataset.classes(),
        dataset.remarks(),
        padding == null ? null : padding.samples(from, to));
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to)).dup('c');
  }

  private List<Transform> transforms() {
    List<Transform> known = fitted;
    if (known != null) {
      return known;
    }
    return data.transforms().stream().anyMatch(Transform::learns)
        ? fit(raw().train())
        : data.transforms();
  }

  private List<Transform> fit(Dataset train) {
    List<Transform> transforms = new ArrayList<>();
    Dataset seen = train;
    for (Transform transform : data.transforms()) {
      Transform known = transform.learns() ? transform.fit(seen) : transform;
      transforms.add(known);
      if (transforms.size() < data.transforms().size()
          && data.transforms().stream().anyMatch(Transform::learns)) {
        seen = known.apply(seen, precision);
      }
    }
    fitted = transforms;
    return transforms;
  }

  private SampleData samples(Dataset dataset, List<Transform> transforms) {
    return SampleData.of(apply(transforms, dataset), graph, precision);
  }

  private Dataset apply(List<Transform> transforms, Dataset dataset) {
    checkClasses(dataset);
    Dataset transformed = dataset;
    for (Transform transform : transforms) {
      transformed = transform.apply(transformed, precision);
    }
    return transformed;
  }

  /** The same number must mean the same word everywhere. */
  private void checkClasses(Dataset dataset) {
    Map<String, List<String>> known = classes;
    if (known == null) {
      return;
    }
    dataset
        .classes()
        .forEach(
            (column, words) -> {
              List<String> expected = known.get(column);
              if (expected != null && !expected.equals(words)) {
                throw new DataException(
                    dataset.origin()
                        + ": column '"
                        + column
                        + "' has the classes "
                        + words
                        + ", but the training data has "
                        + expected
                        + ", so their numbers differ: write categories: {"
                        + column
                        + ": "
                        + expected
                        + "} in both sources");
              }
            });
  }
}
