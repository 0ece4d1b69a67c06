/** Micro-benchmarks: products, element-wise arithmetic, a layer. JMH sets the fields up. */
package org.rondoml.benchmarks;
