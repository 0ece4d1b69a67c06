package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ParameterSpec;

/**
 * All parameters of a model in one block of memory, those that training changes in front, so an
 * optimizer goes over it in one sweep. Each parameter is a view.
 */
final class ParameterBlock {
  private final Precision precision;
  private final Memory memory;
  private final long trainableLength;
  private final List<Entry> entries;
  private final Map<Key, Entry> byKey = new HashMap<>();
  private final Map<Entry, Memory> next = new LinkedHashMap<>();
  private final Set<Entry> left = new LinkedHashSet<>();

  /**
   * One parameter.
   *
   * @param step the step it belongs to
   * @param spec what it is
   * @param trainable whether training changes it
   * @param reached whether the loss depends on it
   * @param offset where it lies
   * @param memory its view
   */
  record Entry(
      int step,
      ParameterSpec spec,
      boolean trainable,
      boolean reached,
      long offset,
      Memory memory) {
    /**
     * Whether it is the optimizer's to update. Keras' optimizers leave out what has no gradient:
     * neither their rule nor weight decay or a constraint changes it.
     */
    boolean updated() {
      return trainable && reached;
    }

    /** Where the parameter after it may begin. */
    long end() {
      return offset + spec.shape().size();
    }
  }

  private record Key(int step, String name) {}

  ParameterBlock(Graph graph, Precision precision) {
    this.precision = precision;
    INDArray block = Nd4j.create(precision.dataType(), Math.max(1, graph.parameterCount()));
    memory = Memory.of(block);
    Map<Key, Long> offsets = new HashMap<>();
    long end = assign(graph, true, 0, offsets);
    trainableLength = end;
    assign(graph, false, end, offsets);
    GradientPaths paths = new GradientPaths(graph);
    List<Entry> list = new ArrayList<>();
    for (int step = 0; step < graph.steps().size(); step++) {
      Graph.Step layer = graph.steps().get(step);
      for (ParameterSpec spec : layer.parameters()) {
        if (!layer.isOwner()) {
          byKey.put(new Key(step, spec.name()), entry(layer.owner(), spec.name()));
          continue;
        }
        Key key = new Key(step, spec.name());
        long offset = offsets.getOrDefault(key, -1L);
        Entry entry =
            new Entry(
                step,
                spec,
                isTrained(layer, spec),
                paths.reach(step, spec),
                offset,
                Memory.of(view(block, offset, spec)));
        list.add(entry);
        byKey.put(key, entry);
      }
    }
    entries = List.copyOf(list);
  }

  private static long assign(Graph graph, boolean trainable, long start, Map<Key, Long> offsets) {
    long next = start;
    for (int step = 0; step < graph.steps().size(); step++) {
      Graph.Step layer = graph.steps().get(step);
      for (ParameterSpec spec : layer.parameters()) {
        if (layer.isOwner() && isTrained(layer, spec) == trainable) {
          offsets.put(new Key(step, spec.name()), next);
          next += spec.shape().size();
        }
      }
    }
    return next;
  }

  private static boolean isTrained(Graph.Step layer, ParameterSpec spec) {
    return layer.node().trainable() && spec.trainable();
  }

  static INDArray view(INDArray block, long offset, ParameterSpec spec) {
    long length = spec.shape().size();
    long[] shape = spec.shape().dimensions().stream().mapToLong(Long::longValue).toArray();
    return block.get(NDArrayIndex.interval(offset, offset + length)).reshape('c', shape);
  }

  /** Draws the first values: for each parameter from a stream of its own. */
  void initialize(Graph graph, RandomStream random) {
    for (Entry entry : entries) {
      String layer = graph.steps().get(entry.step()).node().name();
      double[] values =
          entry
              .spec()
              .initializer()
              .initialize(entry.spec().shape(), random.derive(layer).derive(entry.spec().name()));
      INDArray drawn =
          Nd4j.createFromArray(values)
              .castTo(precision.dataType())
              .reshape('c', entry.memory().array().shape());
      entry.memory().array().assign(drawn);
    }
  }

  Precision precision() {
    return precision;
  }

  /** The whole block. */
  Memory memory() {
    return memory;
  }

  /** The number of elements in front that training changes. */
  long trainableLength() {
    return trainableLength;
  }

  List<Entry> entries() {
    return entries;
  }

  Entry entry(int step, String name) {
    Entry entry = byKey.get(new Key(step, name));
    if (entry == null) {
      throw new IllegalArgumentException("layer " + step + " has no parameter '" + name + "'");
    }
    return entry;
  }

  /** Memory for a parameter's next value, which {@link #applyNext} gives it. */
  synchronized Memory next(Entry entry) {
    left.add(entry);
    return next.computeIfAbsent(
        entry, e -> Memory.of(Nd4j.create(precision.dataType(), e.memory().array().shape())));
  }

  /** The next value of a parameter where this step has left one, else the value that it has. */
  synchronized Memory latest(Entry entry) {
    Memory value = left.contains(entry) ? next.get(entry) : null;
    return value == null ? entry.memory() : value;
  }

  /** Gives parameters the values that layers have left for them in a step of training. */
  synchronized void applyNext() {
    left.forEach(entry -> entry.memory().copyFrom(latest(entry), 0, 0, entry.memory().length()));
    left.clear();
  }

  /** Forgets the values that layers have left. */
  synchronized void dropNext() {
    left.clear();
  }

  /** The parameters in the order of Keras' {@code get_weights()}. */
  List<NamedWeight> weights(Graph graph) {
    Map<String, List<NamedWeight>> byLayer = new HashMap<>();
    for (Entry e : entries) {
      String layer = graph.steps().get(e.step()).node().name();
      byLayer
          .computeIfAbsent(layer, name -> new ArrayList<>())
          .add(new NamedWeight(layer, e.spec().group(), e.spec().name(), e.memory().array()));
    }
    return graph.stepsByDepth().stream()
        .flatMap(step -> byLayer.getOrDefault(step.node().name(), List.of()).stream())
        .toList();
  }
}
