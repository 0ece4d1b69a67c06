package org.rondoml.core.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/**
 * What an equation is made of: inputs, parameters, masks and random numbers, each a variable of the
 * graph whose shape is known, the batch axis in front.
 */
public final class Terms {
  private final SameDiff sd;
  private final int copies;
  private final DataType dataType;
  private final boolean training;
  private final List<SDVariable> inputs = new ArrayList<>();
  private final List<INDArray> inputArrays = new ArrayList<>();
  private final List<@Nullable SDVariable> masks = new ArrayList<>();
  private final List<@Nullable INDArray> maskArrays = new ArrayList<>();
  private final Map<String, SDVariable> parameters = new LinkedHashMap<>();
  private final List<Random> random = new ArrayList<>();
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();

  /** Numbers that are drawn anew at every step. */
  private record Random(INDArray array, ToDoubleFunction<RandomStream> draw) {}

  /**
   * The terms of an equation.
   *
   * @param copies how often each sample comes in
   * @param inputs arrays of the inputs' shapes
   * @param masks for each input its mask or null
   * @param parameterNames the names of the parameters
   */
  Terms(
      SameDiff sd,
      LayerContext context,
      int copies,
      List<INDArray> inputs,
      List<? extends @Nullable Mask> masks,
      List<String> parameterNames) {
    this.sd = sd;
    this.copies = copies;
    this.dataType = context.precision().dataType();
    this.training = context.training();
    for (int i = 0; i < inputs.size(); i++) {
      INDArray array = Nd4j.create(dataType, several(inputs.get(i).shape()));
      this.inputs.add(variable("input_" + i, array));
      inputArrays.add(array);
      Mask mask = masks.get(i);
      INDArray ones = mask == null ? null : Nd4j.create(dataType, shape(mask));
      this.masks.add(ones == null ? null : variable("mask_" + i, ones));
      maskArrays.add(ones);
    }
    for (String name : parameterNames) {
      parameters.put(name, variable("parameter_" + name, context.parameter(name).array()));
    }
  }

  private long[] shape(Mask mask) {
    return several(mask.shape().withBatch(mask.samples()));
  }

  /** The shape of all copies of a batch. */
  private long[] several(long[] batch) {
    long[] shape = batch.clone();
    shape[0] *= copies;
    return shape;
  }

  private SDVariable variable(String name, INDArray array) {
    SDVariable variable = sd.placeHolder(name, dataType, array.shape());
    arrays.put(name, array);
    return variable;
  }

  /** The input of a layer that takes one: of shape (batch, ...). */
  public SDVariable input() {
    return input(0);
  }

  /** One of the inputs: of shape (batch, ...). */
  public SDVariable input(int index) {
    return inputs.get(index);
  }

  /**
   * A parameter, of its shape.
   *
   * @throws IllegalArgumentException where the layer has none of this name
   */
  public SDVariable parameter(String name) {
    SDVariable parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(
          "no parameter '"
              + name
              + "' among "
              + parameters.keySet()
              + ": parameters() declares them");
    }
    return parameter;
  }

  /**
   * Which steps of an input count: 1 for one that does, 0 for one that doesn't, of shape (batch,
   * time) mostly; null where the input has no mask, so that all count.
   */
  public @Nullable SDVariable mask(int input) {
    return masks.get(input);
  }

  /** Whether the equation is for training; else nothing is to be random. */
  public boolean training() {
    return training;
  }

  /**
   * Random numbers, uniform in [0, 1), drawn anew at every step from the layer's seeded stream.
   *
   * @param shape the whole shape: that of an input has the batch axis in front
   */
  public SDVariable uniform(long... shape) {
    return random(stream -> (stream.nextLong() >>> 40) * 0x1.0p-24, shape); // exact as a float
  }

  /**
   * Random numbers of the standard normal distribution, drawn anew at every step from the layer's
   * seeded stream.
   *
   * @param shape the whole shape: that of an input has the batch axis in front
   */
  public SDVariable normal(long... shape) {
    return random(RandomStream::nextGaussian, shape);
  }

  private SDVariable random(ToDoubleFunction<RandomStream> draw, long[] shape) {
    INDArray array = Nd4j.create(dataType, shape);
    SDVariable variable = variable("random_" + random.size(), array);
    random.add(new Random(array, draw));
    return variable;
  }

  /** The inputs. */
  List<SDVariable> inputs() {
    return inputs;
  }

  /** What is put in for a variable. */
  INDArray array(String variable) {
    INDArray array = arrays.get(variable);
    if (array == null) {
      throw new IllegalArgumentException("no array for '" + variable + "'");
    }
    return array;
  }

  /** The parameters by name. */
  Map<String, SDVariable> parameters() {
    return parameters;
  }

  /** What is put in for each variable that the graph doesn't compute, by the variable's name. */
  Map<String, INDArray> arrays() {
    return arrays;
  }

  /** Whether the terms are for arrays and masks of these shapes. */
  boolean fit(List<INDArray> given, List<? extends @Nullable Mask> givenMasks) {
    for (int i = 0; i < given.size(); i++) {
      Mask mask = givenMasks.get(i);
      INDArray ones = maskArrays.get(i);
      if (!Arrays.equals(several(given.get(i).shape()), inputArrays.get(i).shape())
          || (mask == null) != (ones == null)
          || (mask != null && ones != null && !Arrays.equals(shape(mask), ones.shape()))) {
        return false;
      }
    }
    return true;
  }

  /** Puts in what a step computes with. */
  void fill(LayerContext context, List<INDArray> given, List<? extends @Nullable Mask> givenMasks) {
    for (int i = 0; i < given.size(); i++) {
      putIn(given.get(i), inputArrays.get(i));
      Mask mask = givenMasks.get(i);
      INDArray ones = maskArrays.get(i);
      if (mask != null && ones != null) {
        fill(ones, mask);
      }
    }
    for (int r = 0; r < random.size(); r++) {
      RandomStream stream = context.random().derive(r);
      INDArray array = random.get(r).array();
      for (long k = 0; k < array.length(); k++) {
        array.data().put(k, random.get(r).draw().applyAsDouble(stream));
      }
    }
  }

  private void putIn(INDArray given, INDArray array) {
    if (copies == 1) {
      array.assign(given);
      return;
    }
    for (int copy = 0; copy < copies; copy++) {
      array
          .get(NDArrayIndex.interval(copy * given.size(0), (copy + 1) * given.size(0)))
          .assign(given);
    }
  }

  private static void fill(INDArray ones, Mask mask) {
    int positions = mask.positions();
    for (int i = 0; i < ones.length(); i++) {
      int sample = i / positions % mask.samples();
      ones.data().put(i, mask.isValid(sample, i % positions) ? 1.0 : 0.0);
    }
  }
}
