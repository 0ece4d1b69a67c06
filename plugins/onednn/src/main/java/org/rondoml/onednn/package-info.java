/**
 * Matrix products by Intel's oneDNN: {@link org.rondoml.onednn.OneDnnProvider} loads it, {@code
 * OneDnnKernels} plans, a {@code Matmul} is one planned primitive, and an {@code Execution} runs it
 * on one thread.
 *
 * <p>Ownership: every native object belongs to a Java object that JavaCPP frees once it is garbage.
 * Whoever hands an address to oneDNN therefore keeps the owner in a field, and keeps itself
 * reachable to the end of the call.
 *
 * @see <a href="https://uxlfoundation.github.io/oneDNN/dev_guide_matmul.html">oneDNN: matmul</a>
 */
@NullMarked
package org.rondoml.onednn;

import org.jspecify.annotations.NullMarked;
