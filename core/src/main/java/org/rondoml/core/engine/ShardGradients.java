package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.OuterProducts;

/**
 * What one shard adds to the gradients of the parameters: numbers, for the parameters whose layer
 * asks for memory, and outer products and rows of tables that are still to be added up. Belongs to
 * one thread at a time.
 */
final class ShardGradients {
  private final Map<ParameterBlock.Entry, Memory> memories = new HashMap<>();
  private final Set<ParameterBlock.Entry> added = new HashSet<>();
  private final Map<ParameterBlock.Entry, List<OfColumns>> products = new HashMap<>();
  private final Map<ParameterBlock.Entry, List<TableUses>> uses = new HashMap<>();

  /** Outer products that belong to some columns of a parameter's gradient. */
  record OfColumns(Columns columns, OuterProducts products) {}

  /** Forgets the last backward pass. */
  void begin() {
    added.clear();
    products.values().forEach(List::clear);
    uses.values().forEach(List::clear);
  }

  /** Memory to add to: zeros at its first use in a backward pass. */
  Memory of(ParameterBlock.Entry parameter) {
    Memory memory = memories.computeIfAbsent(parameter, ShardGradients::like);
    if (added.add(parameter)) {
      memory.clear();
    }
    return memory;
  }

  private static Memory like(ParameterBlock.Entry parameter) {
    Memory weights = parameter.memory();
    return Memory.of(
        Nd4j.createUninitialized(weights.precision().dataType(), weights.array().shape()));
  }

  /** Notes outer products that belong to some columns of the gradient of a parameter. */
  void add(ParameterBlock.Entry parameter, Columns columns, OuterProducts ofColumns) {
    products
        .computeIfAbsent(parameter, key -> new ArrayList<>())
        .add(new OfColumns(columns, ofColumns));
  }

  /** Notes uses of a parameter that is a table. */
  void add(ParameterBlock.Entry parameter, TableUses ofTable) {
    uses.computeIfAbsent(parameter, key -> new ArrayList<>()).add(ofTable);
  }

  /** The uses of a table in this backward pass, in the order they were noted. */
  List<TableUses> uses(ParameterBlock.Entry parameter) {
    return uses.getOrDefault(parameter, List.of());
  }

  /** Whether anything but uses of a table was added to a parameter in this backward pass. */
  boolean isDense(ParameterBlock.Entry parameter) {
    return added.contains(parameter) || !products(parameter).isEmpty();
  }

  /** What was added to a parameter's memory in this backward pass, or null for nothing. */
  @Nullable Memory memory(ParameterBlock.Entry parameter) {
    return added.contains(parameter) ? memories.get(parameter) : null;
  }

  /** The outer products of a parameter in this backward pass, in the order they were noted. */
  List<OfColumns> products(ParameterBlock.Entry parameter) {
    return products.getOrDefault(parameter, List.of());
  }
}
