package org.rondoml.core.config;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Schemas and their constraint checker, made when first asked for and kept; belongs to one registry. */
public final class Schemas {
  private final Map<Class<? extends Record>, ConfigSchema> known = new ConcurrentHashMap<>();
  private final Constraints constraints = new Constraints();

  /** No schema yet. */
  public Schemas() {}

  /** The schema of a record class. */
  public ConfigSchema of(Class<? extends Record> type) {
    return known.computeIfAbsent(type, ConfigSchema::of);
  }

  Constraints constraints() {
    return constraints;
  }
}
