package org.rondoml.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Kind;

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
        provider, provider.kind(), provider.id(), aliases, Origin.of(provider.getClass()));
  }

  /** The kind's name, {@code layer}. */
  public String kindName() {
    Kind annotation = kind.getAnnotation(Kind.class);
    return annotation == null ? kind.getSimpleName() : annotation.value();
  }

  /** The class that does the work: the one that encloses the provider, or else the provider. */
  public Class<?> type() {
    Class<?> enclosing = provider.getClass().getEnclosingClass();
    return enclosing == null ? provider.getClass() : enclosing;
  }

  /**
   * What its jar tells of it besides its config record, such as its update rule and sources, as
   * Markdown: the resource {@code META-INF/rondo/reference/CLASS.md}, of the {@link #type}.
   */
  public Optional<String> reference() {
    Class<?> type = type();
    try (InputStream in =
        type.getResourceAsStream("/META-INF/rondo/reference/" + type.getName() + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
