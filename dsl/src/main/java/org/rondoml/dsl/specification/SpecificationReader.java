package org.rondoml.dsl.specification;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.Binder;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Item;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.dsl.language.Overlay;
import org.rondoml.dsl.language.Setting;
import org.rondoml.dsl.language.StrictYaml;

/**
 * Reads model files: text, keys, types, ranges, shapes and references are all checked before
 * anything runs, and all mistakes are told together.
 */
public final class SpecificationReader {
  private final Registry registry;
  private final Problems problems = new Problems();

  private SpecificationReader(Registry registry) {
    this.registry = registry;
  }

  /**
   * The specification that files describe.
   *
   * @param files later ones are laid over earlier ones
   * @param sets values to set, {@code fit.epochs=10}
   * @throws ModelFileException where there are mistakes: all of them
   */
  public static Specification read(List<Path> files, List<String> sets, Registry registry) {
    if (files.isEmpty()) {
      throw new UsageException("no model file is named");
    }
    SpecificationReader reader = new SpecificationReader(registry);
    return reader.read(files.get(0), reader.document(files, sets));
  }

  /**
   * The specification of a document that is no file of Rondo's language.
   *
   * @param file what it was made from, for messages
   * @throws ModelFileException where there are mistakes: all of them
   */
  public static Specification read(Path file, Node.Mapping document, Registry registry) {
    return new SpecificationReader(registry).read(file, document);
  }

  private Specification read(Path file, Node.Mapping document) {
    checkVersion(document);
    InputShape inputShape = InputShape.takenFrom(document);
    Binder binder =
        registry.binder(semantics(document), problems).withVariables("data", System::getenv);
    Bound<Document> bound =
        binder.record(Document.class, inputShape.document(), Place.root(document.location()));
    Bound<Item<Layer, LayerArguments, Wiring>> input = input(inputShape, bound, binder);

    Node.Mapping resolved = (Node.Mapping) bound.resolved();
    Graph graph = null;
    Bound<?> model = bound.part("model");
    if (model != null && !model.parts().isEmpty()) {
      ModelBuilder builder =
          new ModelBuilder(model, input == null ? null : input.value(), problems);
      graph = builder.build();
      Node section = builder.resolved(input == null ? null : input.resolved());
      resolved = resolved.with(new Node.Entry("model", model.place().location(), section));
    }
    Compilation compilation = compilation(bound, graph, binder.semantics());
    checkValidation(bound);
    checkClassWeight(bound, graph, binder.semantics());
    checkCallbacks(bound, compilation);

    Document value = bound.value();
    if (value == null || problems.hasErrors()) {
      throw new ModelFileException(problems.sorted());
    }
    return new Specification(
        file,
        value.name(),
        value.semantics(),
        value.seed(),
        value.precision(),
        value.data(),
        graph,
        compilation,
        value.fit(),
        resolved,
        problems.sorted());
  }

  private Node.Mapping document(List<Path> files, List<String> sets) {
    StrictYaml yaml = new StrictYaml(problems);
    Overlay overlay = new Overlay(registry);
    Node document = null;
    for (Path file : files) {
      Node node = yaml.read(file);
      if (!(node instanceof Node.Mapping) && !(node instanceof Node.Invalid)) {
        problems.error(
            Place.root(node.location()),
            "found "
                + (node instanceof Node.Sequence ? "a list" : "a single value")
                + ", expected keys and values: a model file begins with rondo: 1");
      }
      document = document == null ? node : overlay.merge(document, node);
    }
    for (int i = 0; i < sets.size() && document instanceof Node.Mapping; i++) {
      document = Setting.apply(document, sets.get(i), i + 1, overlay, problems);
    }
    if (document instanceof Node.Mapping mapping) {
      return mapping;
    }
    throw new ModelFileException(problems.sorted());
  }

  /** Another version's file is told apart first: all else in it may mean something else. */
  private void checkVersion(Node.Mapping document) {
    if (document.get("rondo") instanceof Node.Scalar version
        && !version.quoted()
        && version.text().matches("[-+]?[0-9]{1,9}")
        && Integer.parseInt(version.text()) != Document.VERSION) {
      problems.error(
          new Place(version.location(), "rondo"),
          "found "
              + version.text()
              + ", expected "
              + Document.VERSION
              + ", the version of the language that this Rondo reads");
      throw new ModelFileException(problems.sorted());
    }
  }

  /** The semantics, needed to bind anything; where it is wrong, the binder tells. */
  private static Semantics semantics(Node.Mapping document) {
    if (document.get("semantics") instanceof Node.Scalar scalar) {
      for (Semantics semantics : Semantics.values()) {
        if (semantics.toString().equals(scalar.text().toLowerCase(Locale.ROOT))) {
          return semantics;
        }
      }
    }
    return Semantics.KERAS3;
  }

  /** The Input that {@code input_shape} stands for. */
  private static @Nullable Bound<Item<Layer, LayerArguments, Wiring>> input(
      InputShape inputShape, Bound<Document> document, Binder binder) {
    Node.Entry shape = inputShape.shape();
    if (shape == null) {
      return null;
    }
    Location at = shape.location();
    Node node =
        Node.single(
            InputShape.INPUT,
            at,
            new Node.Mapping(at, List.of(new Node.Entry("shape", at, shape.value()))));
    Place place = document.placeOf("model").absent("layers").item(0, at);
    return binder.item(Layer.class, LayerArguments.class, Wiring.class, node, place);
  }

  private @Nullable Compilation compilation(
      Bound<Document> document, @Nullable Graph graph, Semantics semantics) {
    Bound<?> bound = document.part("compile");
    return bound != null && graph != null && bound.value() instanceof CompileSection section
        ? new CompilationBuilder(graph, semantics, problems).build(section, bound)
        : null;
  }

  private void checkClassWeight(
      Bound<Document> document, @Nullable Graph graph, Semantics semantics) {
    Bound<?> fit = document.part("fit");
    if (fit == null
        || !(fit.value() instanceof FitSection section)
        || section.classWeight() == null) {
      return;
    }
    Place place = fit.placeOf("class_weight");
    if (graph != null && graph.outputs().size() > 1) {
      problems.error(
          place,
          "is for a model with one output, and this one has "
              + graph.outputs().size()
              + ": weigh the samples by sample_weight of the data instead");
    }
    List<Integer> classes = section.classWeights().keySet().stream().sorted().toList();
    if (semantics != Semantics.KERAS3
        && !classes.equals(IntStream.range(0, classes.size()).boxed().toList())) {
      problems.error(
          place,
          "found weights for the classes "
              + classes.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + "; semantics: "
              + semantics
              + " needs one for each class, numbered from 0");
    }
  }

  private void checkValidation(Bound<Document> document) {
    Bound<?> data = document.part("data");
    Bound<?> fit = document.part("fit");
    if (data != null
        && fit != null
        && data.value() instanceof DataSection samples
        && samples.validation() != null
        && fit.value() instanceof FitSection section
        && section.validationSplit() > 0) {
      problems.error(
          fit.placeOf("validation_split"),
          "data.validation names the samples to evaluate on already: leave out one of the two");
    }
  }

  private void checkCallbacks(Bound<Document> document, @Nullable Compilation compilation) {
    Bound<?> data = document.part("data");
    Bound<?> fit = document.part("fit");
    if (compilation == null
        || data == null
        || fit == null
        || !(data.value() instanceof DataSection samples)
        || !(fit.value() instanceof FitSection section)) {
      return;
    }
    Bound<?> bound = fit.part("callbacks");
    if (bound != null) {
      boolean validates = samples.validation() != null || section.validationSplit() > 0;
      new CallbackChecks(compilation, validates, problems).check(section.callbacks(), bound);
    }
  }
}
