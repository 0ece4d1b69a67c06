package org.rondoml.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfWritingException;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.NamedWeight;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.spi.Exporter.LayerWeights;

/** Writes Keras' layout; {@link H5Weights} describes it. */
final class H5Writer {
  private final boolean namesLayers;

  /**
   * A writer.
   *
   * @param namesLayers whether each layer's own name is recorded, as Keras 3 does
   */
  H5Writer(boolean namesLayers) {
    this.namesLayers = namesLayers;
  }

  /** Writes a file; one that exists is replaced when all is written. */
  void write(Path file, List<LayerWeights> layers) {
    AtomicFile.write(
        file,
        path -> {
          try (WritableHdfFile hdf = HdfFile.write(path)) {
            // tf_keras looks for the model's own variables even where there are none.
            hdf.putGroup("vars");
            WritableGroup all = hdf.putGroup("layers");
            List<String> names = LayerPaths.of(layers);
            for (int i = 0; i < layers.size(); i++) {
              write(layers.get(i), all.putGroup(names.get(i)));
            }
          } catch (HdfWritingException e) {
            throw new IOException(e.getMessage(), e);
          }
        });
  }

  private void write(LayerWeights layer, WritableGroup group) {
    Map<String, Level> levels = new HashMap<>();
    Level own = Level.in(group);
    levels.put("", own);
    if (namesLayers) {
      own.vars().putAttribute("name", layer.name());
    }
    Map<String, Integer> counts = new HashMap<>();
    for (NamedWeight weight : layer.weights()) {
      WritableGroup vars = level(weight.group(), levels).vars();
      int index = counts.merge(weight.group(), 1, Integer::sum) - 1;
      String name = Integer.toString(index);
      vars.putDataset(name, new Dataset(nested(weight.value()), name, vars));
    }
  }

  /**
   * The level of a path such as {@code forward_layer/cell}; every part of the path is a level of
   * its own.
   */
  private static Level level(String path, Map<String, Level> levels) {
    Level known = levels.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    Level above = level(slash < 0 ? "" : path.substring(0, slash), levels);
    Level made = Level.in(above.group().putGroup(path.substring(slash + 1)));
    levels.put(path, made);
    return made;
  }

  /** A layer, or a layer in it, and its variables, which have a group even where there are none. */
  private record Level(WritableGroup group, WritableGroup vars) {
    static Level in(WritableGroup group) {
      return new Level(group, group.putGroup("vars"));
    }
  }

  /** The values as Java arrays in arrays, which is how the library learns the shape. */
  private static Object nested(INDArray value) {
    INDArray rowMajor = value.dup('c');
    Object flat =
        value.dataType() == DataType.FLOAT ? rowMajor.data().asFloat() : rowMajor.data().asDouble();
    if (value.rank() == 0) {
      return Array.get(flat, 0);
    }
    int[] shape = Arrays.stream(value.shape()).mapToInt(Math::toIntExact).toArray();
    Object all = Array.newInstance(flat.getClass().getComponentType(), shape);
    fill(all, flat, 0, shape, 0);
    return all;
  }

  private static int fill(Object target, Object flat, int from, int[] shape, int axis) {
    int size = shape[axis];
    if (axis == shape.length - 1) {
      System.arraycopy(flat, from, target, 0, size);
      return from + size;
    }
    int next = from;
    for (int i = 0; i < size; i++) {
      next = fill(Array.get(target, i), flat, next, shape, axis + 1);
    }
    return next;
  }

  /**
   * A dataset that leaves the channel at its start. On closing a file, jHDF 0.13 writes its version
   * to where the channel stands, which after a dataset is where the next group's header is: the
   * file was unreadable unless a dataset happened to come last. At the start, the superblock is
   * written over it.
   */
  private static final class Dataset extends WritableDatasetImpl {
    Dataset(Object data, String name, Group parent) {
      super(data, name, parent);
    }

    @Override
    public long write(HdfFileChannel channel, long position) {
      long end = super.write(channel, position);
      channel.position(0);
      return end;
    }
  }
}
