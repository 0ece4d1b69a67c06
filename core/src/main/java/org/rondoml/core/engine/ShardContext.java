package org.rondoml.core.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.OuterProducts;
import org.rondoml.core.spi.ParameterProduct;
import org.rondoml.core.spi.Team;

/** What one layer works with on one shard; see {@link LayerContext}. */
final class ShardContext implements LayerContext {
  private final Network network;
  private final int step;
  private final String prefix;
  private final int rows;
  private final BatchStates states;
  private final PassPenalty penalty;
  private final @Nullable ShardGradients gradients;
  private final List<Boolean> needsInputGradient;
  private final boolean trainable;
  private final Map<NestedPlace, ShardContext> nested = new HashMap<>();
  private final Map<String, INDArray> scratch = new HashMap<>();
  private final Map<String, Memory> dense = new HashMap<>();
  private final Map<String, Vec> vecs = new HashMap<>();
  private final Map<String, Vec> windows = new HashMap<>();
  private final Map<String, Object> plans = new HashMap<>();
  private List<? extends @Nullable Mask> masks = List.of();
  private boolean training;
  private Team team = Team.SOLO;
  private RandomStream random = RandomStream.of(0);

  /** A call of a layer inside another. */
  private record NestedPlace(InnerCall call, int batchSize) {}

  /**
   * The context of a layer.
   *
   * @param prefix what the names of its parameters and states begin with: empty, or the place of a
   *     layer inside another with a slash
   */
  ShardContext(
      Network network,
      int step,
      String prefix,
      int rows,
      BatchStates states,
      PassPenalty penalty,
      @Nullable ShardGradients gradients,
      List<Boolean> needsInputGradient,
      boolean trainable) {
    this.network = network;
    this.step = step;
    this.prefix = prefix;
    this.rows = rows;
    this.states = states;
    this.penalty = penalty;
    this.gradients = gradients;
    this.needsInputGradient = needsInputGradient;
    this.trainable = trainable;
  }

  /** Prepares for one step of training or inference. */
  void begin(
      boolean isTraining,
      RandomStream stream,
      Team threads,
      List<? extends @Nullable Mask> inputMasks) {
    masks = inputMasks;
    training = isTraining;
    random = stream;
    team = threads;
  }

  @Override
  public Team team() {
    return team;
  }

  @Override
  public Precision precision() {
    return network.precision();
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public boolean forwardOnly() {
    return gradients == null;
  }

  @Override
  public int batchSize() {
    return rows;
  }

  @Override
  public int wholeBatchSize() {
    return penalty.wholeBatchSize(rows);
  }

  @Override
  public void addPenalty(double added) {
    penalty.add(added);
  }

  private ParameterBlock.Entry entry(String name) {
    return network.parameters().entry(step, prefix + name);
  }

  @Override
  public Memory parameter(String name) {
    return entry(name).memory();
  }

  @Override
  public Memory gradient(String name) {
    return gradients().of(entry(name));
  }

  @Override
  public Memory next(String name) {
    return network.parameters().next(entry(name));
  }

  @Override
  public Memory latest(String name) {
    return network.parameters().latest(entry(name));
  }

  @Override
  public Memory state(String key, long... shape) {
    return states.of(training, step + "/" + prefix + key, precision(), shape);
  }

  @Override
  public @Nullable Mask mask(int input) {
    return input < masks.size() ? masks.get(input) : null;
  }

  @Override
  public boolean trainable() {
    return trainable;
  }

  @Override
  public LayerContext nested(
      InnerCall call,
      int batchSize,
      List<? extends @Nullable Mask> inputMasks,
      List<Boolean> needsInputGradients) {
    ShardContext inner =
        nested.computeIfAbsent(
            new NestedPlace(call, batchSize),
            place ->
                new ShardContext(
                    network,
                    step,
                    prefix + call.name() + "/",
                    batchSize,
                    states,
                    penalty,
                    gradients,
                    needsInputGradients,
                    call.trainable()));
    RandomStream own = random.derive(call.name());
    inner.begin(training, call.number() == 0 ? own : own.derive(call.number()), team, inputMasks);
    return inner;
  }

  @Override
  public void addOuterProducts(
      String name, Memory a, long aOffset, Memory b, long bOffset, int rowsOfBoth) {
    ParameterBlock.Entry parameter = entry(name);
    if (parameter.trainable()) {
      int width = GradientBlock.width(parameter);
      gradients()
          .add(
              parameter,
              new Columns(0, width),
              new OuterProducts(a, aOffset, b, bOffset, width, rowsOfBoth));
    }
  }

  @Override
  public void addOuterProducts(String name, Columns columns, OuterProducts products) {
    ParameterBlock.Entry parameter = entry(name);
    if (parameter.trainable()) {
      gradients().add(parameter, columns, products);
    }
  }

  @Override
  public void addRows(String name, int[] indices, Memory values, long offset) {
    ParameterBlock.Entry parameter = entry(name);
    if (parameter.trainable()) {
      gradients().add(parameter, new TableUses(indices, values, offset));
    }
  }

  private ShardGradients gradients() {
    if (gradients == null) {
      throw new IllegalStateException("no gradients in inference");
    }
    return gradients;
  }

  @Override
  public boolean needsInputGradient(int input) {
    return needsInputGradient.get(input);
  }

  @Override
  public RandomStream random() {
    return random.derive(0);
  }

  @Override
  public INDArray scratch(String key, long... shape) {
    INDArray found = scratch.get(key);
    if (found == null || !Arrays.equals(found.shape(), shape)) {
      found = Nd4j.createUninitialized(precision().dataType(), shape);
      scratch.put(key, found);
    }
    return found;
  }

  /** What the layer left in scratch under a key. */
  INDArray left(String key) {
    INDArray found = scratch.get(key);
    if (found == null) {
      throw new IllegalStateException("the layer left nothing under '" + key + "'");
    }
    return found;
  }

  @Override
  public INDArray scratchLike(String key, INDArray array) {
    INDArray found = scratch.get(key);
    if (found == null
        || !Arrays.equals(found.shape(), array.shape())
        || !AxisOrder.isSame(found, array)) {
      found = like(array);
      scratch.put(key, found);
    }
    return found;
  }

  /** Memory without gaps whose axes lie in the order of the array's. */
  private INDArray like(INDArray array) {
    long[] shape = array.shape();
    int[] outerFirst = AxisOrder.outerFirst(array);
    long[] sorted = Arrays.stream(outerFirst).mapToLong(axis -> shape[axis]).toArray();
    INDArray memory = Nd4j.createUninitialized(precision().dataType(), sorted);
    return shape.length < 2 ? memory : memory.permute(AxisOrder.inverse(outerFirst));
  }

  @Override
  public Vec vec(String key, int length) {
    Vec found = vecs.get(key);
    if (found == null || found.length() != length) {
      found = Vec.zeros(precision(), length);
      vecs.put(key, found);
    }
    return found;
  }

  @Override
  public Vec window(String key, int length) {
    Vec found = windows.get(key);
    if (found == null || found.length() != length) {
      found = Vec.window(precision(), length);
      windows.put(key, found);
    }
    return found;
  }

  @Override
  public <T> T plan(String key, Class<T> type, Supplier<T> maker) {
    Object found = plans.get(key);
    if (found == null) {
      found = maker.get();
      plans.put(key, found);
    }
    return type.cast(found);
  }

  @Override
  public Memory dense(String key, INDArray array) {
    Memory known = dense.get(key);
    if (known != null && known.array() == array) {
      return known;
    }
    if (array.dataType() == precision().dataType() && Memory.isDense(array)) {
      Memory memory = Memory.of(array);
      dense.put(key, memory);
      return memory;
    }
    INDArray copy = scratch(key + " (dense)", array.shape());
    copy.assign(array);
    return Memory.of(copy);
  }

  @Override
  public Product product(Gemm gemm) {
    return network.kernels().plan(gemm);
  }

  @Override
  public PackedProduct product(ParameterProduct product) {
    ParameterBlock.Entry entry = entry(product.parameter());
    ParameterProduct.Bias bias = product.bias();
    PackedOperand operand = network.packed().operand(entry, product);
    return bias == null
        ? operand.product()
        : operand.product(entry(bias.parameter()).memory(), bias.offset());
  }
}
