package org.rondoml.core.samediff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.custom.Invoke;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;
import org.nd4j.linalg.api.ops.impl.layers.ExternalErrorsFunction;
import org.nd4j.linalg.api.ops.impl.shape.CreateView;
import org.nd4j.linalg.api.ops.impl.shape.tensorops.BaseTensorOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Assign;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.GradientBackwardsMarker;

/**
 * The graph of an equation: what {@link SameDiffLayer#define} wrote, checked, and what gradients
 * need beside it.
 *
 * <p>The gradients are not those of {@link SameDiff#createGradFunction}, which prints to standard
 * output, but come from the same rule of each operation, {@link DifferentialFunction#doDiff}: from
 * the output's gradient back to what it is asked for.
 */
final class Equation {
  private final SameDiffLayer layer;
  private final SameDiff sd;
  private final SDVariable output;
  private final List<SameDiffOp> operations;

  private Equation(
      SameDiffLayer layer, SameDiff sd, SDVariable output, List<SameDiffOp> operations) {
    this.layer = layer;
    this.sd = sd;
    this.output = output;
    this.operations = operations;
  }

  /** Has a layer write its equation. */
  static Equation write(SameDiffLayer layer, SameDiff sd, Terms terms) {
    SDVariable output;
    try {
      output = layer.define(sd, terms);
    } catch (RuntimeException | LinkageError e) {
      throw layer.defect("its equation threw " + e, e);
    }
    if (output == null || !isOf(sd, output)) {
      throw layer.defect(
          "its equation gave "
              + (output == null ? "null" : "a variable of another graph")
              + ", expected a variable of the graph that it was handed",
          null);
    }
    Equation equation = new Equation(layer, sd, output, operationsOf(sd, output));
    equation.refuseVariables(terms);
    equation.operations.forEach(equation::refuse);
    return equation;
  }

  @SuppressWarnings("ReferenceEquality") // graphs that are written alike are equal
  private static boolean isOf(SameDiff sd, SDVariable variable) {
    return variable.getSameDiff() == sd;
  }

  /** What the output is computed by, each after what it needs. */
  private static List<SameDiffOp> operationsOf(SameDiff sd, SDVariable output) {
    Set<String> wanted = new HashSet<>(Set.of(output.name()));
    List<SameDiffOp> found = new ArrayList<>();
    List<SameDiffOp> all = new ArrayList<>(sd.getOps().values());
    // An operation is written after those that it needs.
    for (int i = all.size() - 1; i >= 0; i--) {
      SameDiffOp operation = all.get(i);
      if (outputs(operation).stream().anyMatch(wanted::contains)) {
        wanted.addAll(inputs(operation));
        found.add(0, operation);
      }
    }
    return found;
  }

  private static List<String> inputs(SameDiffOp operation) {
    List<String> names = operation.getInputsToOp();
    return names == null ? List.of() : names;
  }

  private static List<String> outputs(SameDiffOp operation) {
    List<String> names = operation.getOutputsOfOp();
    return names == null ? List.of() : names;
  }

  private void refuseVariables(Terms terms) {
    for (SDVariable variable : sd.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        throw layer.defect(
            "its equation makes the variable '"
                + variable.name()
                + "', expected none: declare what is learned in parameters(), and make what stays"
                + " as it is with sd.constant",
            null);
      }
      if (variable.isPlaceHolder() && !terms.arrays().containsKey(variable.name())) {
        throw layer.defect(
            "its equation makes the placeholder '"
                + variable.name()
                + "', which nothing is put into: what comes in from outside are the terms",
            null);
      }
    }
  }

  private void refuse(SameDiffOp operation) {
    DifferentialFunction function = operation.getOp();
    if (function.getClass().getName().startsWith("org.nd4j.linalg.api.ops.random.")) {
      throw layer.defect(
          "its equation draws random numbers with "
              + named(operation)
              + ", which would depend on what else runs in the JVM: take them from terms.uniform"
              + " or terms.normal",
          null);
    }
    if (function instanceof BaseCompatOp
        || function instanceof BaseTensorOp
        || function instanceof Invoke
        || function instanceof Assign
        || function instanceof CreateView
        || function instanceof ExternalErrorsFunction
        || function instanceof GradientBackwardsMarker) {
      throw layer.defect(
          "its equation has "
              + named(operation)
              + ", expected operations that make new arrays from arrays: no loop, branch, tensor"
              + " array, view or assignment (mask * a + (1 - mask) * b chooses between a and b)",
          null);
    }
  }

  private static String named(SameDiffOp operation) {
    return "the operation " + operation.getOp().opName();
  }

  /** The name of the output. */
  String output() {
    return output.name();
  }

  /**
   * Refuses parameters that the output doesn't depend on.
   *
   * @param parameters the parameters by name
   */
  void useAll(Map<String, SDVariable> parameters) {
    Set<String> used = new HashSet<>(Set.of(output.name()));
    operations.forEach(operation -> used.addAll(inputs(operation)));
    parameters.forEach(
        (name, variable) -> {
          if (!used.contains(variable.name())) {
            throw layer.defect(
                "its equation doesn't use the parameter '"
                    + name
                    + "': use it, or leave it out of parameters()",
                null);
          }
        });
  }

  /**
   * Writes gradients into the graph.
   *
   * @param outputGradient the gradient of the output, of its shape
   * @param wanted for what: the variables' names, each with what to call it in messages
   * @return the gradient of each of them that the output depends on, by name
   */
  Map<String, SDVariable> differentiate(SDVariable outputGradient, Map<String, String> wanted) {
    Set<String> carrying = carrying(wanted.keySet());
    Map<String, SDVariable> gradients = new LinkedHashMap<>();
    gradients.put(output.name(), outputGradient);
    for (int i = operations.size() - 1; i >= 0; i--) {
      SameDiffOp operation = operations.get(i);
      if (outputs(operation).stream().anyMatch(gradients::containsKey)
          && inputs(operation).stream().anyMatch(carrying::contains)) {
        differentiate(operation, carrying, gradients);
      }
    }
    Map<String, SDVariable> found = new LinkedHashMap<>();
    wanted.forEach(
        (variable, what) -> {
          SDVariable gradient = gradients.get(variable);
          if (gradient != null) {
            found.put(variable, gradient);
          } else if (operations.stream().anyMatch(o -> inputs(o).contains(variable))) {
            throw layer.defect(
                what
                    + " reaches the output only through "
                    + wayOut(variable)
                    + ", which has no gradient: write the equation with operations that have one",
                null);
          }
        });
    return found;
  }

  /** The floating-point variables that depend on others in a way that has a gradient. */
  private Set<String> carrying(Collection<String> sources) {
    Set<String> carrying = new HashSet<>(sources);
    for (SameDiffOp operation : operations) {
      if (inputs(operation).stream().anyMatch(carrying::contains)) {
        for (String name : outputs(operation)) {
          if (sd.getVariable(name).dataType().isFPType()) {
            carrying.add(name);
          }
        }
      }
    }
    return carrying;
  }

  private void differentiate(
      SameDiffOp operation, Set<String> carrying, Map<String, SDVariable> gradients) {
    List<@Nullable SDVariable> ofOutputs = new ArrayList<>();
    for (String name : outputs(operation)) {
      SDVariable variable = sd.getVariable(name);
      SDVariable gradient = gradients.get(name);
      if (gradient == null && variable.dataType().isFPType()) {
        gradient = sd.zerosLike(variable);
      }
      ofOutputs.add(gradient);
    }
    List<SDVariable> ofInputs;
    try {
      ofInputs = GradientRules.differentiate(sd, operation.getOp(), ofOutputs);
    } catch (RuntimeException e) {
      throw layer.defect(
          named(operation)
              + " of its equation has no gradient: write it with operations that have one",
          e);
    }
    List<String> names = inputs(operation);
    for (int i = 0; i < names.size() && ofInputs != null && i < ofInputs.size(); i++) {
      String name = names.get(i);
      SDVariable gradient = ofInputs.get(i);
      if (carrying.contains(name) && gradient != null) {
        gradients.merge(name, gradient, (one, other) -> one.add(other));
      }
    }
  }

  /** The operation through which a variable reaches the output, the first that carries nothing. */
  private String wayOut(String variable) {
    Set<String> reached = carrying(Set.of(variable));
    for (SameDiffOp operation : operations) {
      if (inputs(operation).stream().anyMatch(reached::contains)
          && outputs(operation).stream().noneMatch(reached::contains)) {
        return named(operation);
      }
    }
    return "operations";
  }
}
