package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.LayerContext;

/** (X * m_g) W_g + b_g with a dropout mask m_g for each gate g. */
final class GateInputs implements InputTerm {
  private final TimeLoop loop;
  private final LoopInput input;
  private final LayerContext context;
  private final boolean hasBias;
  private final Memory x;
  private final Memory gradient;
  private final List<KernelTerm> gates = new ArrayList<>();

  GateInputs(LayerContext context, TimeLoop loop, FusedCell cell, LoopInput input) {
    this.context = context;
    this.loop = loop;
    this.input = input;
    this.hasBias = cell.hasBias();
    int features = loop.features();
    x = context.dense("x copy", context.scratch("x", loop.steps(), loop.batch(), features));
    gradient = Memory.of(context.scratch("x gradient", loop.steps(), loop.batch(), features));
    Rows.Place place = (step, sample) -> ((long) step * loop.batch() + sample) * features;
    int u = cell.units();
    for (int g = 0; g < cell.gates(); g++) {
      CellDropout drops = cell.dropout();
      gates.add(
          new KernelTerm(
              context,
              loop,
              KernelTerm.Part.added("kernel", new Columns(g * u, (g + 1) * u)),
              new Rows(x, features, place),
              new Rows(gradient, features, place),
              loop.gateRows().from(g * u),
              new StepDropout(context, drops, drops.inputs(), "inputs of gate " + g, features)));
    }
  }

  @Override
  public void begin(INDArray sequence) {
    input.copied(sequence); // to x
    gates.forEach(KernelTerm::begin);
    gradient.clear();
  }

  @Override
  public void forward(int step) {
    Vec row = context.window("row of gates", loop.width());
    Vec bias = context.window("bias of gates", loop.width());
    for (int sample = 0; sample < loop.batch(); sample++) {
      row.writes(loop.gates(), loop.gatesAt(step, sample));
      if (hasBias) {
        row.copy(bias.reads(context.parameter("bias"), 0)).done();
      } else {
        row.fill(0).done();
      }
    }
    gates.forEach(gate -> gate.forward(step));
  }

  @Override
  public void backward(int step) {
    gates.forEach(gate -> gate.backward(step));
  }

  @Override
  public void addGradients() {
    gates.forEach(KernelTerm::addGradients);
  }

  @Override
  public Memory gradient() {
    return gradient;
  }
}
