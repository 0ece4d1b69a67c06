package org.rondoml.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a node.
 *
 * @param value the value; null where {@code valid} is false, or where it is null
 * @param valid whether there is a value; if not, the problem has been reported
 * @param resolved the node with every default written out and every component under its id; what
 *     the document doesn't have is at {@link Location#NONE}
 * @param place where it stands
 * @param parts what became of its keys and items, by name and number; also of those of an invalid
 *     one
 */
public record Bound<T>(
    @Nullable T value, boolean valid, Node resolved, Place place, Map<String, Bound<?>> parts) {
  /** Copies the parts. */
  public Bound {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  static <T> Bound<T> of(@Nullable T value, Node resolved, Place place) {
    return new Bound<>(value, true, resolved, place, Map.of());
  }

  static <T> Bound<T> failed(Node node, Place place) {
    return new Bound<>(null, false, node, place, Map.of());
  }

  static <T> Bound<T> failed(Node node, Place place, Map<String, Bound<?>> parts) {
    return new Bound<>(null, false, node, place, parts);
  }

  /**
   * The same for a node that the document doesn't have: a default, whose resolved node is nowhere.
   */
  Bound<T> notWritten() {
    return new Bound<>(value, valid, resolved.at(Location.NONE), place, parts);
  }

  /** What became of a key; null where there is no such key. */
  public @Nullable Bound<?> part(String key) {
    return parts.get(key);
  }

  /** The value of a key, or null where there is none: it is null, or it has been reported. */
  public <P> @Nullable P part(String key, Class<P> type) {
    Bound<?> part = parts.get(key);
    return part == null || !type.isInstance(part.value()) ? null : type.cast(part.value());
  }

  /** The place of a key: its own where the document has it, else that of the whole. */
  public Place placeOf(String key) {
    Bound<?> part = parts.get(key);
    return part == null ? place : part.place();
  }
}
