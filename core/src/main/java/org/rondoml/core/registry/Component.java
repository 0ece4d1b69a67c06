package org.rondoml.core.registry;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.core.spi.ComponentProvider;

/**
 * An installed component.
 *
 * @param provider brings it
 * @param kind its kind, {@code Layer.class}
 * @param id its id, {@code LSTM} or {@code vendor/Name}
 * @param aliases the other names it lists
 * @param origin the jar it comes from
 */
public record Component<T>(
    ComponentProvider<?, T> provider,
    Class<T> kind,
    String id,
    List<String> aliases,
    Origin origin) {
  /** Copies the list. */
  public Component {
    aliases = List.copyOf(aliases);
  }

  /** Asks a provider for its names; what it throws is the caller's to report. */
  static <T> Component<T> of(ComponentProvider<?, T> provider) {
    List<String> aliases = new ArrayList<>(provider.aliases());
    provider.oldNames().forEach(name -> aliases.add(name.name()));
    return new Component<>(
        provider,
        provider.kind(),
        provider.id(),
        aliases,
        Origin.of(provider.getClass()));
  }

  /** The snake_case form of the id, as Keras makes it: {@code simple_rnn}, {@code conv1d}. */
  public String snakeCase() {
    return vendorPrefix() + SnakeCase.of(localId());
  }

  /** The id without its vendor. */
  public String localId() {
    return id.substring(id.indexOf('/') + 1);
  }

  /** The names that need no vendor. */
  List<String> localNames() {
    List<String> names = new ArrayList<>(List.of(localId(), SnakeCase.of(localId())));
    for (String alias : aliases) {
      names.add(alias.substring(alias.indexOf('/') + 1));
    }
    return names;
  }

  private String vendorPrefix() {
    return id.substring(0, id.indexOf('/') + 1);
  }
}
