package org.rondoml.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * A product with a parameter W of a layer, of shape (k, n), or of some columns of it:
 *
 * <pre>
 * C (rows x n) = A (rows x k) W + b
 * C (rows x k) = A (rows x n) W'      where transposed
 * </pre>
 *
 * @param parameter the name of W; of one with more axes all but the last are one
 * @param rows the rows of A and C
 * @param transposed whether to multiply by the transpose
 * @param accumulate whether the product is added to C or replaces it
 * @param columns those of W that are meant; null for all
 * @param stride how far rows are apart of the matrix that has an element for each of the columns:
 *     C, or A where transposed; null where they lie without gaps
 * @param bias what is added to every row of C; null for nothing
 */
public record ParameterProduct(
    String parameter,
    int rows,
    boolean transposed,
    boolean accumulate,
    @Nullable Columns columns,
    @Nullable Integer stride,
    @Nullable Bias bias) {

  /**
   * A row of a parameter.
   *
   * @param parameter its name
   * @param offset where the row begins
   */
  public record Bias(String parameter, long offset) {}

  /** Checks that a bias is added where there are columns for it. */
  public ParameterProduct {
    if (transposed && bias != null) {
      throw new IllegalArgumentException("a product with a transposed parameter has no bias");
    }
  }

  /** C = A W. */
  public static ParameterProduct of(String parameter, int rows) {
    return new ParameterProduct(parameter, rows, false, false, null, null, null);
  }

  /** The same with the transpose of W. */
  public ParameterProduct transpose() {
    return new ParameterProduct(parameter, rows, true, accumulate, columns, stride, bias);
  }

  /** The same, added to C. */
  public ParameterProduct added() {
    return new ParameterProduct(parameter, rows, transposed, true, columns, stride, bias);
  }

  /**
   * The same with some columns of W.
   *
   * @param width how far rows are apart of the matrix that has an element for each of them
   */
  public ParameterProduct of(Columns some, int width) {
    return new ParameterProduct(parameter, rows, transposed, accumulate, some, width, bias);
  }

  /** The same with a bias, or with none where that is null. */
  public ParameterProduct plus(@Nullable Bias row) {
    return new ParameterProduct(parameter, rows, transposed, accumulate, columns, stride, row);
  }
}
