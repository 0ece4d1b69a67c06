package org.rondoml.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.NamedWeight;
import org.rondoml.core.io.DataFiles;
import org.rondoml.core.spi.Exporter.LayerWeights;

/** Reads Keras' layouts; {@link H5Weights} describes them. */
final class H5Reader {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final String LAYERS = "layers";

  /** What Keras 2.12 and 2.13 called {@value #LAYERS}. */
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  private static final String VARS = "vars";

  /** Deeper than any layer of layers; a damaged file may hold circles. */
  private static final int MAX_DEPTH = 16;

  private final Path file;

  H5Reader(Path file) {
    this.file = file;
  }

  /** Reads the weights of layers, all or none. */
  void read(List<LayerWeights> layers) {
    DataFiles.requireFile(file);
    PendingWeights pending = new PendingWeights(file);
    try (FileChannel channel = FileChannel.open(file);
        HdfFile hdf = open(channel)) {
      requireWhole(hdf, channel.size());
      readAll(layers, hdf, pending);
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw DataFiles.unreadable(file.toString(), e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // Whatever the library meets in a damaged file: it trusts offsets and sizes.
      throw new DataException(file + ": damaged HDF5 file", e);
    }
    pending.assign();
  }

  /**
   * Opens the file in memory, mapped, where a damaged size leads out of bounds; read from the
   * channel, it would have the library allocate that much first. Java maps 2 GiB at most.
   */
  private HdfFile open(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(SIGNATURE.length);
    channel.read(start, 0);
    if (!Arrays.equals(start.array(), SIGNATURE)) {
      throw new DataException(file + ": not an HDF5 file: it does not start with \\x89HDF");
    }
    return channel.size() <= Integer.MAX_VALUE
        ? HdfFile.fromByteBuffer(channel.map(MapMode.READ_ONLY, 0, channel.size()))
        : new HdfFile(file);
  }

  /** The library would only notice where it happens to read beyond the end. */
  private void requireWhole(HdfFile hdf, long found) {
    long expected = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (found < expected) {
      throw new DataException(
          file + ": truncated: found " + found + " bytes, expected " + expected);
    }
  }

  private void readAll(List<LayerWeights> layers, HdfFile hdf, PendingWeights pending) {
    Map<String, Node> root = hdf.getChildren();
    Node all = root.getOrDefault(LAYERS, root.get(OLD_LAYERS));
    if (!(all instanceof Group group)) {
      throw new DataException(
          file
              + (hdf.getAttributes().containsKey("layer_names")
                  ? ": the HDF5 layout of Keras before 2.12; load it with tf_keras and save it with"
                      + " model.save_weights('x.weights.h5')"
                  : ": not a Keras weights file: no group 'layers'; there are: "
                      + list(root.keySet())));
    }
    Map<String, Node> groups = group.getChildren();
    List<LayerWeights> weighted = layers.stream().filter(l -> !l.weights().isEmpty()).toList();
    List<String> names = groupNames(weighted, layers, groups);
    requireAllUsed(groups, Set.copyOf(names));
    for (int i = 0; i < weighted.size(); i++) {
      readLayer(weighted.get(i), names.get(i), groups, pending);
    }
  }

  /**
   * The group of every layer that has weights. Keras goes by class and order alone; where the file
   * records every layer's own name, that is surer, for it holds whatever the order of the layers.
   */
  private static List<String> groupNames(
      List<LayerWeights> weighted, List<LayerWeights> layers, Map<String, Node> groups) {
    Map<String, String> recorded = groupsByLayerName(groups);
    List<String> byName = new ArrayList<>();
    for (LayerWeights layer : weighted) {
      String name = recorded.get(layer.name());
      if (name == null || !isOf(layer, name)) {
        return byOrder(layers);
      }
      byName.add(name);
    }
    return byName;
  }

  private static List<String> byOrder(List<LayerWeights> layers) {
    List<String> all = LayerPaths.of(layers);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!layers.get(i).weights().isEmpty()) {
        names.add(all.get(i));
      }
    }
    return names;
  }

  private static boolean isOf(LayerWeights layer, String group) {
    return group.matches(LayerPaths.base(layer) + "(_[0-9]+)?");
  }

  private static Map<String, String> groupsByLayerName(Map<String, Node> groups) {
    Map<String, String> names = new HashMap<>();
    groups.forEach(
        (path, node) -> {
          if (node instanceof Group group && group.getChildren().get(VARS) instanceof Group vars) {
            Attribute name = vars.getAttributes().get("name");
            if (name != null && name.getData() instanceof String text) {
              names.put(text, path);
            }
          }
        });
    return names;
  }

  private void requireAllUsed(Map<String, Node> groups, Set<String> used) {
    TreeSet<String> unused = new TreeSet<>();
    groups.forEach(
        (name, node) -> {
          if (!used.contains(name) && hasDatasets(node, 0)) {
            unused.add(name);
          }
        });
    if (!unused.isEmpty() && used.stream().allMatch(groups::containsKey)) {
      throw new DataException(
          file + ": has weights for layers that the model does not have: " + list(unused));
    }
  }

  private static boolean hasDatasets(Node node, int depth) {
    return node instanceof Dataset
        || (depth < MAX_DEPTH
            && node instanceof Group group
            && group.getChildren().values().stream().anyMatch(n -> hasDatasets(n, depth + 1)));
  }

  private void readLayer(
      LayerWeights layer, String name, Map<String, Node> groups, PendingWeights pending) {
    if (!(groups.get(name) instanceof Group group)) {
      throw new DataException(
          file
              + ": no weights for layer '"
              + layer.name()
              + "': no group layers/"
              + name
              + "; there are: "
              + list(groups.keySet()));
    }
    Map<String, List<NamedWeight>> weightsByGroup = new LinkedHashMap<>();
    for (NamedWeight weight : layer.weights()) {
      weightsByGroup.computeIfAbsent(weight.group(), key -> new ArrayList<>()).add(weight);
    }
    weightsByGroup.forEach(
        (inner, weights) -> {
          String place = LAYERS + "/" + name + (inner.isEmpty() ? "" : "/" + inner) + "/" + VARS;
          readVariables(weights, variables(group, inner), place, pending);
        });
  }

  private static Map<String, Node> variables(Group layer, String path) {
    Group group = layer;
    for (String part : (path.isEmpty() ? VARS : path + "/" + VARS).split("/", -1)) {
      if (!(child(group, part) instanceof Group next)) {
        return Map.of();
      }
      group = next;
    }
    return group.getChildren();
  }

  /**
   * A group by its name, or by that of another generation: parts of a layer are called after its
   * attributes, some of which begin with an underscore in tf_keras and don't in Keras 3.
   */
  private static @Nullable Node child(Group group, String name) {
    Map<String, Node> children = group.getChildren();
    Node found = children.get(name);
    return found != null
        ? found
        : children.get(name.startsWith("_") ? name.substring(1) : "_" + name);
  }

  private void readVariables(
      List<NamedWeight> weights,
      Map<String, Node> variables,
      String place,
      PendingWeights pending) {
    if (variables.size() != weights.size()) {
      throw new DataException(
          file
              + ": "
              + place
              + " has "
              + variables.size()
              + " arrays, but layer '"
              + weights.get(0).layer()
              + "' has "
              + weights.size()
              + " weights: "
              + PendingWeights.describe(weights));
    }
    for (int i = 0; i < weights.size(); i++) {
      String path = place + "/" + i;
      if (!(variables.get(Integer.toString(i)) instanceof Dataset dataset)) {
        throw new DataException(
            file + ": no array " + path + "; there are: " + list(variables.keySet()));
      }
      long[] shape = Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
      pending.requireShape(weights.get(i), shape, path);
      pending.add(weights.get(i), values(dataset, shape, path));
    }
  }

  private INDArray values(Dataset dataset, long[] shape, String path) {
    Object flat = dataset.getDataFlat();
    if (flat instanceof float[] floats) {
      return Nd4j.createFromArray(floats).reshape('c', shape);
    }
    if (flat instanceof double[] doubles) {
      return Nd4j.createFromArray(doubles).reshape('c', shape);
    }
    if (flat instanceof Float || flat instanceof Double) {
      return Nd4j.scalar((Number) flat);
    }
    throw new DataException(
        file
            + ": "
            + path
            + ": elements of type "
            + dataset.getJavaType().getSimpleName()
            + "; expected float32 or float64");
  }

  private static String list(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
  }
}
