package org.rondoml.core.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.LayerDefectException;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;

/** Makes a program of a layer's equation, for one shard, and checks what the equation gives. */
final class Compiler {
  /**
   * How often a sample comes in that is alone: several operations of ND4J 1.0.0-M2.1 take an array
   * with one row for a vector and compute wrong gradients, strided_slice_bp among them.
   */
  private static final int COPIES_OF_ONE = 2;

  private final SameDiffLayer layer;
  private final LayerContext context;
  private final List<ParameterSpec> parameters;
  private final SameDiff sd = SameDiff.create();
  private final Terms terms;
  private final Equation equation;
  private final INDArray outputGradient;

  private Compiler(
      SameDiffLayer layer,
      LayerContext context,
      List<INDArray> inputs,
      List<? extends @Nullable Mask> masks) {
    this.layer = layer;
    this.context = context;
    List<Shape> shapes = inputs.stream().map(Compiler::sample).toList();
    parameters = layer.parameters(shapes);
    int copies = context.batchSize() == 1 && !layer.mixesSamples() ? COPIES_OF_ONE : 1;
    List<String> names = parameters.stream().map(ParameterSpec::name).toList();
    terms = new Terms(sd, context, copies, inputs, masks, names);
    terms.fill(context, inputs, masks);
    equation = Equation.write(layer, sd, terms);
    equation.useAll(terms.parameters());
    Shape output = layer.outputShapes(shapes).get(0);
    outputGradient =
        Nd4j.create(
            context.precision().dataType(), output.withBatch((long) copies * context.batchSize()));
  }

  private static Shape sample(INDArray batch) {
    return Shape.of(Arrays.copyOfRange(batch.shape(), 1, batch.rank()));
  }

  /**
   * Makes a program.
   *
   * @param inputs arrays of the inputs' shapes
   * @param masks for each input its mask or null
   * @throws LayerDefectException where the equation isn't one, or doesn't give what the layer says
   */
  static Program compile(
      SameDiffLayer layer,
      LayerContext context,
      List<INDArray> inputs,
      List<? extends @Nullable Mask> masks) {
    return new Compiler(layer, context, inputs, masks).compile();
  }

  private Program compile() {
    Recorder.Recording recording = run(List.of(equation.output()), terms.arrays());
    INDArray output = recording.result(equation.output());
    check("an output (batch, ...)", output, outputGradient);
    refuseShapesThatDependOnValues(recording);

    Map<String, String> wanted = context.forwardOnly() ? Map.of() : wanted();
    if (wanted.isEmpty()) {
      return program(recording, Map.of());
    }
    SDVariable given =
        sd.placeHolder("output_gradient", outputGradient.dataType(), outputGradient.shape());
    Map<String, SDVariable> gradients = equation.differentiate(given, wanted);
    List<String> names = new ArrayList<>(List.of(equation.output()));
    gradients.values().forEach(gradient -> names.add(gradient.name()));
    Map<String, INDArray> arrays = new HashMap<>(terms.arrays());
    arrays.put(given.name(), outputGradient);
    Recorder.Recording all = run(names, arrays);

    Map<String, INDArray> found = new LinkedHashMap<>();
    gradients.forEach(
        (variable, gradient) -> {
          INDArray array = all.result(gradient.name());
          check("a gradient of " + wanted.get(variable), array, terms.array(variable));
          found.put(variable, array);
        });
    return program(all, found);
  }

  /** What gradients are needed of: the variables' names, each with what to call it in messages. */
  private Map<String, String> wanted() {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (int i = 0; i < terms.inputs().size(); i++) {
      if (context.needsInputGradient(i)) {
        wanted.put(terms.input(i).name(), "input " + i + " (batch, ...)");
      }
    }
    for (ParameterSpec parameter : parameters) {
      if (context.trainable() && parameter.trainable()) {
        wanted.put(
            terms.parameter(parameter.name()).name(), "the parameter '" + parameter.name() + "'");
      }
    }
    return wanted;
  }

  private Recorder.Recording run(List<String> names, Map<String, INDArray> arrays) {
    try {
      return Recorder.run(sd, names, arrays);
    } catch (RuntimeException e) {
      throw layer.defect("its equation can't be computed: " + e.getMessage(), e);
    }
  }

  private void check(String what, INDArray found, INDArray expected) {
    if (!Arrays.equals(found.shape(), expected.shape())) {
      throw layer.defect(
          "its equation gives "
              + what
              + " of shape "
              + Arrays.toString(found.shape())
              + ", expected "
              + Arrays.toString(expected.shape())
              + ": correct the equation, or the shape that is announced",
          null);
    }
    if (found.dataType() != expected.dataType()) {
      throw layer.defect(
          "its equation gives "
              + what
              + " in the format "
              + found.dataType()
              + ", expected "
              + expected.dataType()
              + ", that of the inputs: castTo(terms.input().dataType()) gives it",
          null);
    }
  }

  /** Runs the equation on other numbers, since memory is found for once and all. */
  private void refuseShapesThatDependOnValues(Recorder.Recording recording) {
    Map<String, INDArray> others = new HashMap<>(terms.arrays());
    terms
        .inputs()
        .forEach(input -> others.computeIfPresent(input.name(), (name, array) -> array.neg()));
    List<Instruction> found;
    try {
      found = Recorder.run(sd, List.of(equation.output()), others).instructions();
    } catch (RuntimeException e) {
      return; // Some equations can't be computed of just any numbers.
    }
    for (int i = 0; i < found.size(); i++) {
      List<INDArray> outputs = found.get(i).outputs();
      for (int o = 0; o < outputs.size(); o++) {
        long[] before = recording.instructions().get(i).outputs().get(o).shape();
        if (!Arrays.equals(outputs.get(o).shape(), before)) {
          throw layer.defect(
              "the shape of what the operation "
                  + found.get(i).operation().opName()
                  + " of its equation gives depends on the numbers, expected one that is always"
                  + " the same: multiply by a mask instead of choosing elements",
              null);
        }
      }
    }
  }

  private Program program(Recorder.Recording recording, Map<String, INDArray> gradients) {
    INDArray output = recording.result(equation.output());
    List<Instruction> forward = neededFor(recording, List.of(output));
    Set<Instruction> done = Collections.newSetFromMap(new IdentityHashMap<>());
    done.addAll(forward);
    List<Instruction> backward =
        neededFor(recording, gradients.values()).stream()
            .filter(instruction -> !done.contains(instruction))
            .toList();
    List<INDArray> inputGradients = new ArrayList<>();
    for (SDVariable input : terms.inputs()) {
      INDArray gradient = gradients.get(input.name());
      inputGradients.add(rows(gradient == null ? terms.array(input.name()).like() : gradient));
    }
    Map<String, INDArray> parameterGradients = new LinkedHashMap<>();
    for (ParameterSpec parameter : parameters) {
      INDArray gradient = gradients.get(terms.parameter(parameter.name()).name());
      if (gradient != null) {
        parameterGradients.put(parameter.name(), gradient);
      }
    }
    return new Program(
        layer,
        context.training(),
        terms,
        rows(output),
        rows(outputGradient),
        forward,
        backward,
        inputGradients,
        parameterGradients);
  }

  /** The instructions that compute arrays, in their order. */
  private static List<Instruction> neededFor(
      Recorder.Recording recording, Collection<INDArray> arrays) {
    Set<INDArray> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    needed.addAll(arrays);
    List<Instruction> found = new ArrayList<>();
    for (int i = recording.instructions().size() - 1; i >= 0; i--) {
      Instruction instruction = recording.instructions().get(i);
      if (instruction.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(instruction.inputs());
        found.add(instruction);
      }
    }
    Collections.reverse(found);
    return List.copyOf(found);
  }

  /** The rows of the batch, without copies. */
  private INDArray rows(INDArray array) {
    int rows = context.batchSize();
    return array.size(0) == rows ? array : array.get(NDArrayIndex.interval(0, rows));
  }
}
