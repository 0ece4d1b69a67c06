package org.rondoml.dsl.reference;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Item;
import org.rondoml.core.config.Schemas;
import org.rondoml.dsl.specification.Document;

/**
 * What there is to know of a section of a model file, from its record.
 *
 * @param path where it stands, {@code fit}; empty for the file itself
 * @param description what it is
 * @param keys its keys
 */
public record SectionReference(String path, String description, List<ComponentReference.Key> keys) {
  /** Copies the list. */
  public SectionReference {
    keys = List.copyOf(keys);
  }

  /** All sections of a model file, the file itself first, each before those inside it. */
  public static List<SectionReference> all(Schemas schemas) {
    List<SectionReference> all = new ArrayList<>();
    add("", schemas.of(Document.class), schemas, all);
    return all;
  }

  private static void add(
      String path, ConfigSchema schema, Schemas schemas, List<SectionReference> all) {
    all.add(
        new SectionReference(
            path,
            schema.description(),
            schema.keys().stream().map(SectionReference::key).toList()));
    for (ConfigSchema.Key key : schema.keys()) {
      String inner = path.isEmpty() ? key.name() : path + "." + key.name();
      if (key.type() instanceof Class<?> type && type.isRecord()) {
        add(inner, schemas.of(type.asSubclass(Record.class)), schemas, all);
      } else if (beside(key) instanceof Class<?> beside) {
        add(inner + "[]", schemas.of(beside.asSubclass(Record.class)), schemas, all);
      }
    }
  }

  private static ComponentReference.Key key(ConfigSchema.Key key) {
    return ComponentReference.Key.of(
        key, Arrays.stream(Semantics.values()).filter(key::isKnownIn).toList());
  }

  /** The record of the keys beside a list's items, where they are {@link Item}s. */
  private static @Nullable Type beside(ConfigSchema.Key key) {
    return key.type() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof ParameterizedType item
            && item.getRawType() == Item.class
        ? item.getActualTypeArguments()[2]
        : null;
  }
}
