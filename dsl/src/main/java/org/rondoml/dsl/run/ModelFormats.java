package org.rondoml.dsl.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.exchange.ForeignModel;
import org.rondoml.core.exchange.ModelDescription;
import org.rondoml.core.exchange.ModelFormat;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;

/**
 * Reads and writes models in other programs' formats; a file's ending chooses the format. {@link
 * WeightFiles} does it for weights.
 */
public final class ModelFormats {
  private final Registry registry;
  private final List<ModelFormat> formats;

  /** The formats of a registry. */
  public ModelFormats(Registry registry) {
    this.registry = registry;
    this.formats =
        registry.components(ModelFormat.class).stream()
            .map(Component::provider)
            .map(provider -> create(provider))
            .sorted(Comparator.comparing(ModelFormat::suffix))
            .toList();
  }

  private static <C extends Record> ModelFormat create(ComponentProvider<C, ModelFormat> provider) {
    return provider.create(
        provider.configType().cast(new ModelFormat.NoConfig()), Semantics.KERAS3);
  }

  /**
   * A model that was read.
   *
   * @param specification the model, checked
   * @param source what was read
   */
  public record Imported(Specification specification, ForeignModel source) {}

  /**
   * Reads a model.
   *
   * @param semantics the generation of Keras that it is of; null where the file tells
   * @param compiled whether to read how it was compiled as well, where the file tells
   * @throws UsageException where the ending is unknown
   * @throws ModelFileException where it has what Rondo doesn't, or what can't be
   */
  public Imported read(Path file, @Nullable Semantics semantics, boolean compiled) {
    List<ModelFormat> readers = formats.stream().filter(ModelFormat::canRead).toList();
    ModelFormat format =
        among(readers, file)
            .orElseThrow(
                () ->
                    new UsageException(
                        file
                            + ": unknown ending; expected "
                            + String.join(
                                " or ", readers.stream().map(ModelFormat::suffix).toList())));
    ForeignModel model = format.read(file, semantics, compiled, registry);
    try {
      return new Imported(SpecificationReader.read(file, model.document(), registry), model);
    } catch (ModelFileException e) {
      throw new ModelFileException(e.problems().stream().map(p -> inFile(p, model)).toList());
    }
  }

  /** A problem with the path that its place has in the other program's file. */
  private static Problem inFile(Problem problem, ForeignModel model) {
    String path = model.paths().get(new Location(problem.file(), problem.line(), problem.column()));
    return path == null
        ? problem
        : new Problem(
            problem.file(),
            problem.line(),
            problem.column(),
            path,
            problem.message(),
            problem.severity());
  }

  /** The format that a file's ending names, if it can be written. */
  public Optional<ModelFormat> writer(Path file) {
    return among(formats.stream().filter(ModelFormat::canWrite).toList(), file);
  }

  /** The endings of the files that can be written. */
  public List<String> suffixes() {
    return formats.stream().filter(ModelFormat::canWrite).map(ModelFormat::suffix).toList();
  }

  private static Optional<ModelFormat> among(List<ModelFormat> formats, Path file) {
    return formats.stream()
        .filter(format -> file.toString().endsWith(format.suffix()))
        .max(Comparator.comparingInt(format -> format.suffix().length()));
  }

  /**
   * Writes a model; an existing file is replaced when all is written.
   *
   * @param compiled whether to write how it is compiled as well
   * @throws ModelFileException where the model has what the format can't say
   */
  public void write(Path file, ModelFormat format, Specification specification, boolean compiled) {
    ModelDescription description =
        new ModelDescription(
            specification.file().toString(),
            specification.name(),
            specification.semantics(),
            specification.precision(),
            specification.fit().batchSize(),
            specification.requireGraph(),
            layers(specification),
            compiled ? specification.resolved().get("compile") : null);
    AtomicFile.write(file, temporary -> format.write(temporary, description, registry));
  }

  private static List<Node.Mapping> layers(Specification specification) {
    List<Node.Mapping> layers = new ArrayList<>();
    if (specification.resolved().get("model") instanceof Node.Mapping model
        && model.get("layers") instanceof Node.Sequence items) {
      for (Node item : items.items()) {
        layers.add((Node.Mapping) item);
      }
    }
    return layers;
  }
}
