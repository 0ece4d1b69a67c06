package org.rondoml.api;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/** The floating-point format a model computes in. */
public enum Precision {
  /** 32 bits: the default. */
  FLOAT32(DataType.FLOAT, 4),
  /** 64 bits, for comparing with references and checking gradients. */
  FLOAT64(DataType.DOUBLE, 8);

  private final DataType dataType;
  private final int bytes;

  Precision(DataType dataType, int bytes) {
    this.dataType = dataType;
    this.bytes = bytes;
  }

  /** ND4J's name of the format. */
  public DataType dataType() {
    return dataType;
  }

  /** The bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** The name in a model file: {@code float32} or {@code float64}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
