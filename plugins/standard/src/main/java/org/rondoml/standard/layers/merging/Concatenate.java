package org.rondoml.standard.layers.merging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Kept;
import org.rondoml.standard.layers.RowMap;
import org.rondoml.standard.layers.Rows;

/**
 * Puts the inputs one after the other along an axis:
 *
 * <pre>
 * y[..., offset_i + j, ...]  = x_i[..., j, ...]
 * dx_i[..., j, ...]          = dy[..., offset_i + j, ...]
 * </pre>
 *
 * <p>All other axes have the same sizes. Where an input has a mask, the output has one: along
 * another axis than the last, the inputs' masks one after the other; along the last, what counts in
 * any input in keras3, and what counts in all of them in tf1 and tf2.
 *
 * <p>Source: Keras, {@code keras/src/layers/merging/concatenate.py}.
 */
public final class Concatenate implements Layer {
  private final int axis;
  private final Semantics semantics;

  /** The layer with its keys. */
  public Concatenate(Config config, Semantics semantics) {
    axis = config.axis();
    this.semantics = semantics;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + " input, expected two or more: name them beside the layer, from: [a, b]");
    }
    Shape first = inputs.get(0);
    int along = axisOf(first);
    List<Long> sizes = new ArrayList<>(first.dimensions());
    for (Shape input : inputs.subList(1, inputs.size())) {
      if (input.rank() != first.rank()) {
        throw misfit(inputs);
      }
      for (int i = 0; i < sizes.size(); i++) {
        long known = sizes.get(i);
        long found = input.dimension(i);
        boolean isUnknown = known == Shape.UNKNOWN || found == Shape.UNKNOWN;
        if (i == along) {
          sizes.set(i, isUnknown ? Shape.UNKNOWN : known + found);
        } else if (!isUnknown && known != found) {
          throw misfit(inputs);
        } else {
          sizes.set(i, Math.max(known, found));
        }
      }
    }
    return List.of(new Shape(sizes));
  }

  /** The axis of a sample. */
  private int axisOf(Shape input) {
    int along = axis < 0 ? input.rank() + axis : axis - 1;
    if (axis == 0 || along < 0 || along >= input.rank()) {
      throw new ShapeMismatchException(
          "found axis "
              + axis
              + " for inputs of shape "
              + input
              + ": its axes have the numbers 1 to "
              + input.rank()
              + ", or -1 for the last one and so on; 0 would be the batch");
    }
    return along;
  }

  private ShapeMismatchException misfit(List<Shape> inputs) {
    return new ShapeMismatchException(
        "found inputs of shapes " + inputs + ", expected the same sizes but along axis " + axis);
  }

  /** The output and the gradients of the inputs. */
  @Override
  public Cost cost(List<Shape> inputs) {
    Shape output = outputShapes(inputs).get(0);
    return new Cost(0, 0, output.isKnown() ? 2 * output.size() : 0);
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    List<Memory> x = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      x.add(context.dense("x" + i, inputs.get(i)));
    }
    List<INDArray> arrays = x.stream().map(Memory::array).toList();
    Pass pass = passOf(context).of(arrays, () -> new Pass(context, arrays));
    Memory y = context.dense("y", pass.output);
    for (int i = 0; i < arrays.size(); i++) {
      Part part = pass.parts.get(i);
      for (int row = 0; row < part.map.rows(); row++) {
        y.copyFrom(x.get(i), (long) row * part.length, part.offset(row), part.length);
      }
    }
    return List.of(pass.output);
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = passOf(context).current();
    Memory dy = Rows.align(context, "dy", outputGradients.get(0), pass.output);
    List<INDArray> gradients = new ArrayList<>();
    for (int i = 0; i < pass.parts.size(); i++) {
      Part part = pass.parts.get(i);
      INDArray gradient = context.scratchLike("dx" + i, part.input);
      Memory dx = context.dense("dx" + i, gradient);
      for (int row = 0; row < part.map.rows(); row++) {
        dx.copyFrom(dy, part.offset(row), (long) row * part.length, part.length);
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  @Override
  public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    List<@Nullable Mask> masks = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < inputs.size(); i++) {
      Mask mask = context.mask(i);
      any |= mask != null;
      masks.add(mask);
    }
    if (!any) {
      return Collections.singletonList(null);
    }
    List<Shape> shapes = inputs.stream().map(Rows::sampleShape).toList();
    for (int i = 0; i < shapes.size(); i++) {
      checkMask(masks.get(i), shapes.get(i), shapes);
    }
    int samples = Math.toIntExact(inputs.get(0).size(0));
    int along = axisOf(shapes.get(0));
    return Collections.singletonList(
        along == shapes.get(0).rank() - 1
            ? together(masks, shapes.get(0).withoutLast(), samples)
            : oneAfterTheOther(masks, shapes, along, samples));
  }

  private void checkMask(@Nullable Mask mask, Shape input, List<Shape> inputs) {
    if (mask != null && !mask.shape().equals(input.withoutLast())) {
      throw new ShapeMismatchException(
          "found an input of shape "
              + input
              + " with a mask of shape "
              + mask.shape()
              + ", expected a mask of shape "
              + input.withoutLast()
              + ", which tells of each vector along the last axis");
    }
    boolean isLast = axisOf(input) == input.rank() - 1;
    if (mask == null && semantics != Semantics.KERAS3 && !isLast && input.dimension(-1) != 1) {
      throw new ShapeMismatchException(
          "found inputs of shapes "
              + inputs
              + " of which some have masks and some have none: in semantics "
              + semantics
              + " Keras can't put them one after the other along axis "
              + axis
              + "; give all of them masks or none, or write semantics: keras3");
    }
  }

  private Mask together(List<? extends @Nullable Mask> masks, Shape shape, int samples) {
    boolean any = semantics == Semantics.KERAS3;
    int positions = Math.toIntExact(shape.size());
    boolean[] valid = new boolean[samples * positions];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = !any;
      for (Mask mask : masks) {
        boolean counts = mask == null || mask.isValid(i / positions, i % positions);
        valid[i] = any ? valid[i] || counts : valid[i] && counts;
      }
    }
    return Mask.of(shape, samples, valid);
  }

  private Mask oneAfterTheOther(
      List<? extends @Nullable Mask> masks, List<Shape> inputs, int along, int samples) {
    Shape shape = outputShapes(inputs).get(0).withoutLast();
    int inner = 1;
    for (int i = along + 1; i < shape.rank(); i++) {
      inner *= Math.toIntExact(shape.dimension(i));
    }
    int block = Math.toIntExact(shape.dimension(along)) * inner;
    boolean[] valid = new boolean[samples * Math.toIntExact(shape.size())];
    int start = 0;
    for (int m = 0; m < masks.size(); m++) {
      Mask mask = masks.get(m);
      int length = Math.toIntExact(inputs.get(m).dimension(along)) * inner;
      for (int outer = 0; outer < valid.length / block; outer++) {
        for (int i = 0; i < length; i++) {
          int position = outer * length + i;
          valid[outer * block + start + i] =
              mask == null
                  || mask.isValid(position / mask.positions(), position % mask.positions());
        }
      }
      start += length;
    }
    return Mask.of(shape, samples, valid);
  }

  private static KeptPass passOf(LayerContext context) {
    return context.plan("pass", KeptPass.class, KeptPass::new);
  }

  private static final class KeptPass extends Kept<Pass> {}

  /** The output and where each input goes, for one layout of the inputs. */
  private final class Pass {
    private final INDArray output;
    private final List<Part> parts = new ArrayList<>();

    Pass(LayerContext context, List<INDArray> inputs) {
      INDArray first = inputs.get(0);
      int along = 1 + axisOf(Rows.sampleShape(first));
      long size = inputs.stream().mapToLong(input -> input.size(along)).sum();
      output = Rows.scratch(context, "y", first, along, size);
      long start = 0;
      for (INDArray input : inputs) {
        parts.add(
            new Part(
                input,
                RowMap.of(input, output.stride()),
                start * output.stride(along),
                Rows.length(input)));
        start += input.size(along);
      }
    }
  }

  /**
   * An input's place in the output.
   *
   * @param map for each of its rows where it goes, if the input were the first
   * @param start where the input begins
   * @param length the length of its rows
   */
  private record Part(INDArray input, RowMap map, long start, int length) {
    long offset(int row) {
      return start + map.offset(row);
    }
  }

  /**
   * The keys.
   *
   * @param axis the axis along which the inputs are put
   */
  @Description("Puts the inputs one after the other along an axis.")
  public record Config(
      @Description(
              "the axis along which the inputs are put one after the other; counted from 1 without"
                  + " the batch axis, or from the end: -1 is the last")
          @Default("-1")
          int axis) {}

  /** Brings {@code Concatenate}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Concatenate";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Concatenate(config, semantics);
    }
  }
}
