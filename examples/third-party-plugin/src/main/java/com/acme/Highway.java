package com.acme;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.samediff.SameDiffLayer;
import org.rondoml.core.samediff.Terms;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.ShapeMismatchException;

/** A highway layer, written with SameDiff: the forward equation alone. */
public final class Highway extends SameDiffLayer {

  /** The keys in a model file. */
  @Description("A layer that carries its input past itself where a gate is closed.")
  @Example("Highway: {rate: 0.1}")
  public record Config(
      @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) @Default("0.0")
          @Description("How much of the new values is dropped in training.")
          double rate,
      @Default("GlorotUniform") @Description("First values of the kernels.")
          Initializer kernelInitializer,
      @Default("{Constant: {value: -1.0}}")
          @Description("First values of the gate's bias: below zero, so that it starts closed.")
          Initializer gateInitializer) {}

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "acme/Highway";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Highway(config);
    }
  }

  private final Config config;

  /** The layer with these keys. */
  public Highway(Config config) {
    this.config = config;
  }

  @Override
  protected Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).rank() != 1) {
      throw new ShapeMismatchException(
          "found input of shape "
              + inputs.get(0)
              + ", expected (features): TimeDistributed applies it to every step of a sequence");
    }
    return inputs.get(0);
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    long features = inputs.get(0).dimension(0);
    Shape kernel = Shape.of(features, features);
    Shape bias = Shape.of(features);
    return List.of(
        new ParameterSpec("kernel", kernel, config.kernelInitializer()),
        new ParameterSpec("bias", bias, (shape, random) -> new double[(int) shape.size()]),
        new ParameterSpec("gate_kernel", kernel, config.kernelInitializer()),
        new ParameterSpec("gate_bias", bias, config.gateInitializer()));
  }

  @Override
  protected SDVariable define(SameDiff sd, Terms terms) {
    SDVariable x = terms.input();
    SDVariable h =
        sd.math().tanh(x.mmul(terms.parameter("kernel")).add(terms.parameter("bias")));
    SDVariable t =
        sd.nn().sigmoid(x.mmul(terms.parameter("gate_kernel")).add(terms.parameter("gate_bias")));
    if (terms.training() && config.rate() > 0) {
      SDVariable kept = terms.uniform(x.getShape()).gte(config.rate()).castTo(x.dataType());
      h = h.mul(kept).div(1 - config.rate());
    }
    return t.mul(h).add(t.rsub(1).mul(x));
  }
}
