package org.rondoml.benchmarks;

import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;

/** Element-wise arithmetic on rows in fast memory, and how they get there and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VecBenchmark {
  /** The elements of a row. */
  @Param({"256", "4096"})
  public int length;

  private final Row a = new Row();
  private final Row b = new Row();
  private final Row c = new Row();
  private final Row d = new Row();
  private final Row result = new Row();

  /** A vector and memory of its length. */
  private static final class Row {
    private Memory memory;
    private Vec vec;

    void fill(int length) {
      memory = Memory.of(Nd4j.randn(DataType.FLOAT, length));
      vec = Vec.zeros(Precision.FLOAT32, length).load(memory, 0);
    }
  }

  /** Fills the rows. */
  @Setup
  public void fill() {
    for (Row row : new Row[] {a, b, c, d, result}) {
      row.fill(length);
    }
  }

  /** Memory to a vector. */
  @Benchmark
  public Vec load() {
    return result.vec.load(a.memory, 0);
  }

  /** A vector to memory. */
  @Benchmark
  public void store() {
    a.vec.store(result.memory, 0);
  }

  /** a + b. */
  @Benchmark
  public Vec add() {
    return result.vec.add(a.vec, b.vec);
  }

  /** a * b. */
  @Benchmark
  public Vec multiply() {
    return result.vec.multiply(a.vec, b.vec);
  }

  /** a * b + c * d, as a cell state is made. */
  @Benchmark
  public Vec sumOfProducts() {
    return result.vec.sumOfProducts(a.vec, b.vec, c.vec, d.vec);
  }

  /** The gates' activation. */
  @Benchmark
  public Vec sigmoid() {
    return result.vec.sigmoid(a.vec);
  }

  /** The usual activation. */
  @Benchmark
  public Vec tanh() {
    return result.vec.tanh(a.vec);
  }

  /** What a kernel does: load, compute, store. */
  @Benchmark
  public void loadMultiplyStore() {
    result.vec.multiply(a.vec.load(a.memory, 0), b.vec.load(b.memory, 0)).store(result.memory, 0);
  }
}
