package org.rondoml.core.spi;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;

/**
 * What a layer works with on one shard: parameters, gradients, scratch memory that lasts from
 * forward to backward, a random stream, the kernels. A context belongs to one layer and one shard,
 * and to one thread at a time.
 *
 * <p>Scratch is made at the first step and found again at every later one, so a loop that uses
 * nothing else allocates nothing. Its contents are undefined at the start of forward.
 */
public interface LayerContext {
  /** The key under which a layer with an output activation leaves what went into it. */
  String LOGITS = "logits";

  /** The format of all arrays. */
  Precision precision();

  /** Whether this is a training step: dropout acts, and backward follows. */
  boolean training();

  /** Whether no backward pass is ever asked of this context, so nothing need be kept for one. */
  boolean forwardOnly();

  /**
   * Which steps of an input count; null where all do. Its shape is that of the input's leading axes
   * after the batch.
   */
  @Nullable Mask mask(int input);

  /** Whether the optimizer changes this layer's parameters: Keras' {@code trainable}. */
  boolean trainable();

  /** The threads that may work on this shard together, in this pass. */
  Team team();

  /** The number of samples of this shard. */
  int batchSize();

  /**
   * The number of samples of the whole batch, of which this shard has some; in a nested context
   * that sees several for each of them, as many times more.
   */
  int wholeBatchSize();

  /**
   * Adds a penalty on what this layer computes to the loss of this step, in forward; its gradient
   * is for the layer to add, in backward. It is how a layer around another serves the inner one's
   * {@linkplain Layer#activityRegularizer activity regularizer}: by the penalty of this shard
   * divided by the size of the whole batch. That of a layer itself is the engine's to serve.
   */
  void addPenalty(double penalty);

  /** A parameter; not to be written to. */
  Memory parameter(String name);

  /** The gradient of a parameter on this shard, to add to. */
  Memory gradient(String name);

  /**
   * Adds AᵀB to the gradient of a parameter W of shape (m, n): the gradient of Z = A W from that of
   * Z, over all rows. The engine computes it when all shards are through with their backward pass,
   * so A and B must stay as they are until the next forward pass.
   *
   * @param a of shape (rows, m)
   * @param b of shape (rows, n)
   */
  void addOuterProducts(String name, Memory a, long aOffset, Memory b, long bOffset, int rows);

  /**
   * Adds AᵀB to some columns of the gradient of a parameter; else as {@link
   * #addOuterProducts(String, Memory, long, Memory, long, int)}.
   */
  void addOuterProducts(String name, Columns columns, OuterProducts products);

  /**
   * Adds rows to the gradient of a parameter that is a table of shape (n, m): row i of the values
   * belongs to the row indices[i] of the table, and a row may come several times. The engine adds
   * them up when all shards are through with their backward pass, so indices and values must stay
   * as they are until the next forward pass. {@link Gradient} tells what else depends on them.
   *
   * @param indices the rows of the table
   * @param values of shape (number of indices, m)
   */
  void addRows(String name, int[] indices, Memory values, long offset);

  /**
   * Memory for the next value of a parameter that the layer itself updates in training, such as a
   * moving average; it takes effect after the step. Only for layers that {@linkplain
   * Layer#mixesSamples mix samples}, so that one shard has all samples of the batch.
   */
  Memory next(String name);

  /**
   * The value of a parameter that the layer itself updates: what an earlier call of the layer has
   * left as the {@linkplain #next next} one in this step, else the {@linkplain #parameter
   * parameter}. So a layer that is called several times moves its averages once a call.
   */
  Memory latest(String name);

  /**
   * Memory that lasts from batch to batch, for a layer that is {@linkplain Layer#isStateful
   * stateful}: zeros when training or an evaluation begins, and then as the layer left it.
   * Evaluations have memory of their own and leave that of training as it is. Checkpoints hold it.
   */
  Memory state(String key, long... shape);

  /**
   * The context for a layer inside this one: it has memory, plans and random numbers of its own,
   * and its parameters are this layer's with {@code name/} in front. The same at every step for the
   * same name and batch size.
   *
   * @param name the inner layer's place, {@code forward_layer}
   * @param batchSize the number of its samples
   * @param masks the masks of its inputs, in this pass
   * @param needsInputGradients for each of its inputs whether its gradient is needed; the same at
   *     every step
   */
  default LayerContext nested(
      String name,
      int batchSize,
      List<? extends @Nullable Mask> masks,
      List<Boolean> needsInputGradients) {
    return nested(new InnerCall(name, 0, trainable()), batchSize, masks, needsInputGradients);
  }

  /**
   * A call of a layer inside another.
   *
   * @param name the inner layer's place, {@code forward_layer}
   * @param number which of several calls of the layer in a pass, each of which has memory, plans
   *     and random numbers of its own
   * @param trainable whether the inner layer is trainable
   */
  record InnerCall(String name, int number, boolean trainable) {}

  /** The same for one of several calls of the inner layer in a pass. */
  LayerContext nested(
      InnerCall call,
      int batchSize,
      List<? extends @Nullable Mask> masks,
      List<Boolean> needsInputGradients);

  /** Whether anything before this layer needs the gradient of the input. */
  boolean needsInputGradient(int input);

  /** The random stream of (seed, layer, step, shard), from its start at every call. */
  RandomStream random();

  /** Memory of a shape, row-major; the same at every step for the same key and shape. */
  INDArray scratch(String key, long... shape);

  /**
   * Memory of the shape and axis order of an array; the same at every step for the same key and
   * shape.
   */
  INDArray scratchLike(String key, INDArray array);

  /** A vector; the same at every step for the same key and length. */
  Vec vec(String key, int length);

  /**
   * A vector that stands for rows of memory; the same at every step for the same key and length.
   */
  Vec window(String key, int length);

  /**
   * An object made once for this layer, shard and batch size, and kept for all steps: a plan.
   *
   * @param type the object's class
   * @param maker makes it at the first call
   */
  <T> T plan(String key, Class<T> type, Supplier<T> maker);

  /**
   * The memory of an array: its own where it is {@linkplain Memory#isDense dense}, else a dense
   * copy under the key.
   */
  Memory dense(String key, INDArray array);

  /**
   * The memory of an array in the order of its axes: its own where it lies so, else a copy under
   * the key.
   */
  default Memory rowMajor(String key, INDArray array) {
    if (AxisOrder.isRowMajor(array)) {
      return dense(key, array);
    }
    INDArray copy = scratch(key + " (row-major)", array.shape());
    copy.assign(array);
    return dense(key + " (row-major)", copy);
  }

  /** Plans a product; to be kept in a {@linkplain #plan plan}. */
  Product product(Gemm gemm);

  /**
   * Plans a product with a parameter of this layer as the packed right operand, which the engine
   * packs anew whenever the parameter changes; to be kept in a {@linkplain #plan plan}.
   */
  PackedProduct product(ParameterProduct product);

  /**
   * Plans C (rows x n) = A (rows x k) · W, with a parameter W of this layer; as {@link
   * #product(ParameterProduct)}.
   *
   * @param parameter the name of a parameter of shape (k, n), or (n, k) where transposed; of one
   *     with more axes all but the last are one
   * @param transposed whether to multiply by the transpose
   * @param rows the rows of A and C
   * @param accumulate whether the product is added to C or replaces it
   */
  default PackedProduct product(
      String parameter, boolean transposed, int rows, boolean accumulate) {
    return product(new ParameterProduct(parameter, rows, transposed, accumulate, null, null, null));
  }

  /**
   * Plans C (rows x n) = A (rows x k) · W + b, with two parameters of this layer; as {@link
   * #product(ParameterProduct)}.
   *
   * @param parameter the name of W, of shape (k, n)
   * @param bias the name of b, of shape (n), which is added to every row
   */
  default PackedProduct productWithBias(String parameter, String bias, int rows) {
    return product(ParameterProduct.of(parameter, rows).plus(new ParameterProduct.Bias(bias, 0)));
  }
}
