package org.rondoml.core.spi;

import org.rondoml.core.compute.Memory;

/**
 * AᵀB, which is the gradient of W from that of Z = A W, over all rows.
 *
 * @param a of shape (rows, m)
 * @param aOffset where A begins
 * @param b has a row of the gradient of Z for each row of A
 * @param bOffset where the first of them begins
 * @param strideB how far they are apart
 * @param rows how many
 */
public record OuterProducts(
    Memory a, long aOffset, Memory b, long bOffset, int strideB, int rows) {}
