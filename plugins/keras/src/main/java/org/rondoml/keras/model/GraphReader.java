package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;

/**
 * Puts the layers of Keras' graph into an order in which each comes after those it takes in, and
 * names what each takes in where that isn't just the layer above. A further call of a layer becomes
 * a {@code Shared}.
 */
final class GraphReader {
  private final Refusals refusals;
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<Call.Tensor, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Node> items = new ArrayList<>();
  private @Nullable String above;

  /**
   * A layer of the graph.
   *
   * @param name its name in the file
   * @param rondoName its name in Rondo
   * @param item the layer in Rondo's notation; null where it is refused
   * @param calls its calls
   * @param place where it stands
   */
  record Layer(String name, String rondoName, @Nullable Node item, List<Call> calls, Place place) {
    /** Copies the list. */
    Layer {
      calls = List.copyOf(calls);
    }

    boolean isInput() {
      return item instanceof Node.Mapping mapping && mapping.entry("Input") != null;
    }
  }

  GraphReader(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * The {@code layers} and {@code outputs} of a model section.
   *
   * @param all the layers in the file's order
   * @param outputs the model's outputs
   */
  List<Node.Entry> read(List<Layer> all, List<Call.Tensor> outputs, Place place) {
    for (Layer layer : all) {
      layers.put(layer.name(), layer);
      taken.add(layer.rondoName());
    }
    Set<String> severalOutputs = severalOutputs(all, outputs);
    Map<Layer, Set<Integer>> waiting = new LinkedHashMap<>();
    for (Layer layer : all) {
      Set<Integer> calls = new HashSet<>();
      for (int call = 0; call < Math.max(1, layer.calls().size()); call++) {
        calls.add(call);
      }
      waiting.put(layer, calls);
    }
    // The file's layers are sorted by depth, so mostly one pass is enough; what is called again
    // comes as soon as what it takes in is there.
    boolean progress = true;
    while (progress && !waiting.isEmpty()) {
      progress = false;
      for (Layer layer : all) {
        Set<Integer> calls = waiting.getOrDefault(layer, Set.of());
        for (int call = 0; call < Math.max(1, layer.calls().size()); call++) {
          if (calls.contains(call) && isReady(layer, call)) {
            emit(layer, call, severalOutputs);
            calls.remove(call);
            progress = true;
          }
        }
        if (calls.isEmpty()) {
          waiting.remove(layer);
        }
      }
    }
    waiting
        .keySet()
        .forEach(
            layer ->
                refusals
                    .ofLayer(layer.name())
                    .add(layer.place(), "takes in what no layer of the file puts out"));
    List<Node.Entry> section = new ArrayList<>();
    section.add(entry("layers", new Node.Sequence(place.location(), items)));
    List<Node> ends = new ArrayList<>();
    for (Call.Tensor output : outputs) {
      ends.add(text(reference(output, severalOutputs)));
    }
    if (!(outputs.size() == 1 && reference(outputs.get(0), Set.of()).equals(above))) {
      section.add(entry("outputs", new Node.Sequence(place.location(), ends)));
    }
    return section;
  }

  /** The layers of which more than the first output is taken, or the outputs by number. */
  private static Set<String> severalOutputs(List<Layer> all, List<Call.Tensor> outputs) {
    Set<String> several = new HashSet<>();
    for (Layer layer : all) {
      if (layer.item() instanceof Node.Mapping item && hasSeveralOutputs(item)) {
        several.add(layer.name());
      }
      for (Call call : layer.calls()) {
        call.sources().stream().filter(s -> s.output() > 0).forEach(s -> several.add(s.layer()));
      }
    }
    outputs.stream().filter(o -> o.output() > 0).forEach(o -> several.add(o.layer()));
    return several;
  }

  private static boolean hasSeveralOutputs(Node.Mapping item) {
    if (!(item.entries().get(0).value() instanceof Node.Mapping config)) {
      return false;
    }
    boolean states =
        config.get("return_state") instanceof Node.Scalar state && state.text().equals("true");
    boolean unmerged = config.get("merge_mode") instanceof Node.Scalar mode && mode.isNull();
    boolean inner = config.get("layer") instanceof Node.Mapping layer && hasSeveralOutputs(layer);
    return states || unmerged || inner;
  }

  private boolean isReady(Layer layer, int call) {
    return layer.calls().isEmpty()
        || layer.calls().get(call).sources().stream()
            .allMatch(s -> names.containsKey(new Call.Tensor(s.layer(), s.call(), 0)));
  }

  private void emit(Layer layer, int call, Set<String> severalOutputs) {
    boolean first =
        names.keySet().stream().noneMatch(tensor -> tensor.layer().equals(layer.name()));
    String name = first ? layer.rondoName() : free(layer.rondoName());
    names.put(new Call.Tensor(layer.name(), call, 0), name);
    Node item = layer.item();
    if (item == null) {
      above = name;
      return;
    }
    Location at = layer.place().location();
    if (!first) {
      item = shared(layer.rondoName(), name, at);
    }
    if (!layer.isInput() && item instanceof Node.Mapping mapping) {
      Call made = layer.calls().isEmpty() ? null : layer.calls().get(call);
      List<String> from =
          made == null
              ? List.of()
              : made.sources().stream().map(s -> reference(s, severalOutputs)).toList();
      if (!(from.size() == 1 && from.get(0).equals(above))) {
        List<Node> texts = from.stream().map(GraphReader::text).toList();
        item = mapping.with(entry("from", new Node.Sequence(at, texts)));
      }
    }
    items.add(item);
    above = name;
  }

  private static Node.Mapping shared(String layer, String name, Location at) {
    List<Node.Entry> keys = List.of(entry("layer", text(layer)), entry("name", text(name)));
    return Node.single("Shared", at, new Node.Mapping(at, keys));
  }

  private String reference(Call.Tensor tensor, Set<String> severalOutputs) {
    String name =
        names.getOrDefault(new Call.Tensor(tensor.layer(), tensor.call(), 0), tensor.layer());
    return severalOutputs.contains(tensor.layer()) ? name + "/" + tensor.output() : name;
  }

  private String free(String name) {
    int number = 1;
    while (!taken.add(name + "_" + number)) {
      number++;
    }
    return name + "_" + number;
  }

  private static Node.Entry entry(String key, Node value) {
    return new Node.Entry(key, value.location(), value);
  }

  private static Node text(String text) {
    return new Node.Scalar(Location.NONE, text, true);
  }
}
