/**
 * The test kit for those who write layers, gradients against finite differences, and for those who
 * bring {@linkplain org.rondoml.tck.KernelsContract kernels}, products against a triple loop.
 */
@NullMarked
package org.rondoml.tck;

import org.jspecify.annotations.NullMarked;
