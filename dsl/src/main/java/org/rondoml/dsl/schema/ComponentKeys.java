package org.rondoml.dsl.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;

/** The keys that a component has where it stands: its own, and those that all of its kind have. */
final class ComponentKeys {
  private final Component<?> component;
  private final ConfigSchema own;
  private final List<ConfigSchema.Key> common;

  ComponentKeys(Component<?> component, KindUse use, Registry registry) {
    this.component = component;
    this.own = registry.schemas().of(component.provider().configType());
    this.common =
        registry.schemas().of(use.arguments()).keys().stream()
            .filter(key -> own.key(key.name()).isEmpty() && !generations(key).isEmpty())
            .toList();
  }

  /** The generations in which the component knows a key that all of its kind have. */
  private List<Semantics> generations(ConfigSchema.Key key) {
    return Arrays.stream(Semantics.values())
        .filter(s -> key.isKnownIn(s) && component.provider().unknown(key.name(), s) == null)
        .toList();
  }

  /** Whether it can't stand without a key. */
  boolean anyRequired() {
    return own.keys().stream().anyMatch(ConfigSchema.Key::required)
        || common.stream().anyMatch(ConfigSchema.Key::required);
  }

  /** The key that a value after the component's name is of, where that can be all. */
  Optional<ConfigSchema.Key> first() {
    boolean others =
        own.keys().stream().skip(1).anyMatch(ConfigSchema.Key::required)
            || common.stream().anyMatch(ConfigSchema.Key::required);
    return others ? Optional.empty() : own.keys().stream().findFirst();
  }

  void addTo(KeysSchema keys) {
    own.keys().forEach(keys::add);
    common.forEach(key -> keys.add(key, generations(key)));
  }
}
