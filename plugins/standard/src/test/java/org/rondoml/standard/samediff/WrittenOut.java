package org.rondoml.standard.samediff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.rondoml.api.Shape;
import org.rondoml.core.samediff.SameDiffLayer;
import org.rondoml.core.samediff.Terms;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.ParameterSpec;

/** A layer of an equation that a test writes. */
final class WrittenOut extends SameDiffLayer {
  private final int inputs;
  private final UnaryOperator<Shape> output;
  private final BiFunction<SameDiff, Terms, SDVariable> equation;
  private final Map<String, UnaryOperator<Shape>> parameters = new LinkedHashMap<>();

  private WrittenOut(
      int inputs, UnaryOperator<Shape> output, BiFunction<SameDiff, Terms, SDVariable> equation) {
    this.inputs = inputs;
    this.output = output;
    this.equation = equation;
  }

  /** A layer whose output has the shape of its input. */
  static WrittenOut of(BiFunction<SameDiff, Terms, SDVariable> equation) {
    return to(shape -> shape, equation);
  }

  /** A layer whose output has a shape that depends on the first input's. */
  static WrittenOut to(
      UnaryOperator<Shape> output, BiFunction<SameDiff, Terms, SDVariable> equation) {
    return new WrittenOut(1, output, equation);
  }

  /** A layer of several inputs whose output has the shape of the first. */
  static WrittenOut of(int inputs, BiFunction<SameDiff, Terms, SDVariable> equation) {
    return new WrittenOut(inputs, shape -> shape, equation);
  }

  /** Adds a parameter whose shape depends on the first input's. */
  WrittenOut with(String name, UnaryOperator<Shape> shape) {
    parameters.put(name, shape);
    return this;
  }

  @Override
  protected int inputCount() {
    return inputs;
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  @Override
  protected Shape outputShape(List<Shape> shapes) {
    return output.apply(shapes.get(0));
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> shapes) {
    return parameters.entrySet().stream()
        .map(p -> new ParameterSpec(p.getKey(), p.getValue().apply(shapes.get(0)), drawn()))
        .toList();
  }

  private static Initializer drawn() {
    return (shape, random) -> {
      double[] values = new double[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian() / 2;
      }
      return values;
    };
  }

  @Override
  protected SDVariable define(SameDiff sd, Terms terms) {
    return equation.apply(sd, terms);
  }
}
