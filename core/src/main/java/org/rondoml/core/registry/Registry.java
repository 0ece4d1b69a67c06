package org.rondoml.core.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.Binder;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Components;
import org.rondoml.core.config.Concise;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.NearMiss;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.config.Schemas;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LeftOut;

/**
 * The installed components, by kind and name. A name is, in this order: an id, a listed alias, the
 * snake_case form of an id; and any of these without its vendor, where only one is meant.
 *
 * <p>A registry doesn't change, shares nothing with another, and loads no native code.
 */
public final class Registry implements Components {
  private final Map<Class<?>, Names> kinds;
  private final List<LeftOut.Name> leftOut;
  private final List<Failure> failures;
  private final Schemas schemas = new Schemas();

  /**
   * The components of one kind by their names, from the strictest sense of a name to the loosest.
   */
  private record Names(
      Map<String, Component<?>> byId,
      Map<String, Component<?>> byAlias,
      Map<String, Component<?>> bySnakeCase,
      Map<String, List<Component<?>>> byLocalName) {
    Names() {
      this(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }

    @Nullable Component<?> exactly(String name) {
      Component<?> found = byId.get(name);
      found = found == null ? byAlias.get(name) : found;
      return found == null ? bySnakeCase.get(name) : found;
    }

    Set<String> all() {
      Set<String> names = new LinkedHashSet<>(byId.keySet());
      names.addAll(byAlias.keySet());
      names.addAll(bySnakeCase.keySet());
      return names;
    }
  }

  private Registry(
      List<Component<?>> components, List<LeftOut.Name> leftOut, List<Failure> failures) {
    this.leftOut = List.copyOf(leftOut);
    this.failures = List.copyOf(failures);
    Map<Class<?>, Names> all = new LinkedHashMap<>();
    for (Component<?> component : components) {
      Names names = all.computeIfAbsent(component.kind(), k -> new Names());
      claim(names.byId, component.id(), component);
      for (String alias : component.aliases()) {
        claim(names.byAlias, alias, component);
      }
      names.bySnakeCase.putIfAbsent(component.snakeCase(), component);
      for (String local : new LinkedHashSet<>(component.localNames())) {
        names.byLocalName.computeIfAbsent(local, n -> new ArrayList<>()).add(component);
      }
    }
    this.kinds = all;
  }

  private static void claim(Map<String, Component<?>> names, String name, Component<?> component) {
    Component<?> other = names.putIfAbsent(name, component);
    if (other != null) {
      throw new UsageException(
          "two providers of the "
              + word(component.kind())
              + " '"
              + name
              + "': "
              + other.provider().getClass().getName()
              + " in "
              + other.origin()
              + " and "
              + component.provider().getClass().getName()
              + " in "
              + component.origin()
              + "; remove one of the two jars");
    }
  }

  /**
   * What a class loader knows.
   *
   * @throws UsageException where two providers have one name
   */
  public static Registry load(ClassLoader loader) {
    return load(loader, List.of());
  }

  /**
   * What a class loader knows, and the jars of plugin folders, each with a class loader of its own
   * above this one.
   *
   * @param plugins folders of jars: of {@code --plugins} and {@code RONDO_PLUGINS}
   * @throws UsageException where a folder can't be read, or two providers have one name
   */
  public static Registry load(ClassLoader loader, List<Path> plugins) {
    ProviderSearch search = new ProviderSearch();
    search.classPath(loader);
    plugins.forEach(folder -> search.plugins(folder, loader));
    return of(search.providers(), search.leftOut(), search.failures());
  }

  /**
   * Exactly these providers, for tests and embedders.
   *
   * @throws UsageException where two providers have one name
   */
  public static Registry of(Collection<? extends ComponentProvider<?, ?>> providers) {
    return of(List.copyOf(providers), List.of(), List.of());
  }

  private static Registry of(
      List<? extends ComponentProvider<?, ?>> providers,
      List<LeftOut.Name> leftOut,
      List<Failure> failed) {
    List<Component<?>> components = new ArrayList<>();
    List<Failure> failures = new ArrayList<>(failed);
    for (ComponentProvider<?, ?> provider : providers) {
      try {
        components.add(Component.of(provider));
      } catch (RuntimeException | LinkageError e) {
        failures.add(new Failure(provider.getClass().getName(), ProviderSearch.reason(e)));
      }
    }
    return new Registry(components, leftOut, failures);
  }

  /** All components, by kind and id. */
  public List<Component<?>> components() {
    List<Component<?>> all = new ArrayList<>();
    kinds.values().forEach(names -> all.addAll(names.byId.values()));
    all.sort(Comparator.comparing((Component<?> c) -> word(c.kind())).thenComparing(c -> c.id()));
    return all;
  }

  /** The components of a kind. */
  @SuppressWarnings("unchecked") // a component under a kind is of that kind
  public <T> List<Component<T>> components(Class<T> kind) {
    Names names = kinds.get(kind);
    return names == null
        ? List.of()
        : names.byId.values().stream().map(c -> (Component<T>) c).toList();
  }

  /** The components of any kind that go by a name. */
  public List<Component<?>> named(String name) {
    List<Component<?>> all = new ArrayList<>();
    for (Class<?> kind : kinds.keySet()) {
      Component<?> component = lookup(kind, name);
      if (component != null) {
        all.add(component);
      }
    }
    return all;
  }

  /** Every name that a component of a kind goes by, with the component: ids, then other names. */
  public Map<String, Component<?>> names(Class<?> kind) {
    Names names = kinds.getOrDefault(kind, new Names());
    Map<String, Component<?>> all = new LinkedHashMap<>(names.byId);
    names.byAlias.forEach(all::putIfAbsent);
    names.bySnakeCase.forEach(all::putIfAbsent);
    names.byLocalName.forEach(
        (name, components) -> {
          if (components.size() == 1) {
            all.putIfAbsent(name, components.get(0));
          }
        });
    return all;
  }

  /** The providers and jars that could not be used. */
  public List<Failure> failures() {
    return failures;
  }

  /** The schemas of the components' configs. */
  public Schemas schemas() {
    return schemas;
  }

  /** A binder for a document. */
  public Binder binder(Semantics semantics, Problems problems) {
    return new Binder(this, schemas, semantics, problems);
  }

  /** A writer of documents without what is default. */
  public Concise concise(Semantics semantics) {
    return new Concise(this, schemas, semantics, SnakeCase::of);
  }

  private @Nullable Component<?> lookup(Class<?> kind, String name) {
    Names names = kinds.get(kind);
    if (names == null) {
      return null;
    }
    Component<?> exact = names.exactly(name);
    if (exact != null) {
      return exact;
    }
    List<Component<?>> local = names.byLocalName.getOrDefault(name, List.of());
    return local.size() == 1 ? local.get(0) : null;
  }

  @Override
  @SuppressWarnings("unchecked") // a component under a kind is of that kind
  public <T> Lookup<T> find(Class<T> kind, String name) {
    Component<T> component = (Component<T>) lookup(kind, name);
    return component == null
        ? new Missing<>(missing(kind, name))
        : new Found<>(component.provider(), component.origin().toString());
  }

  private String missing(Class<?> kind, String name) {
    String word = word(kind);
    Names names = kinds.getOrDefault(kind, new Names());
    List<Component<?>> several = names.byLocalName.getOrDefault(name, List.of());
    if (several.size() > 1) {
      return "'"
          + name
          + "' may mean "
          + several.stream().map(Component::id).collect(Collectors.joining(" or "))
          + ": write it with its vendor";
    }
    String unknown = "unknown " + word + " '" + shortened(name) + "'";
    for (LeftOut.Name absent : leftOut) {
      if (absent.kind() == kind && absent.name().equals(name)) {
        return unknown + ": " + absent.reason();
      }
    }
    List<Component<?>> others = named(name);
    if (!others.isEmpty()) {
      // LSTM for LSTMCell, or the other way round.
      List<String> alike =
          names.all().stream().filter(n -> n.startsWith(name) || name.startsWith(n)).toList();
      String near = NearMiss.suggestion(name, names.all());
      return unknown
          + ": it is "
          + article(word(others.get(0).kind()))
          + (alike.size() == 1 ? " (did you mean '" + alike.get(0) + "'?)" : near);
    }
    int slash = name.indexOf('/');
    if (slash > 0 && !hasVendor(name.substring(0, slash + 1))) {
      return unknown
          + ": no jar that is installed brings components of '"
          + shortened(name.substring(0, slash))
          + "'; put theirs in a folder, and name that with --plugins DIR or RONDO_PLUGINS";
    }
    String jars = "; plugin jars are added with --plugins DIR or RONDO_PLUGINS";
    String near = NearMiss.suggestion(name, names.all());
    return near.isEmpty()
        ? unknown
            + "; installed: "
            + names.byId.keySet().stream().sorted().collect(Collectors.joining(", "))
            + jars
        : unknown + near + jars;
  }

  /** Whether anything is installed whose id begins with a vendor's name and a slash. */
  private boolean hasVendor(String prefix) {
    return components().stream().anyMatch(component -> component.id().startsWith(prefix));
  }

  private static String shortened(String name) {
    return name.length() > 60 ? name.substring(0, 60) + "..." : name;
  }

  private static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }

  private static String word(Class<?> kind) {
    Kind annotation = kind.getAnnotation(Kind.class);
    return annotation == null ? kind.getSimpleName() : annotation.value();
  }

  /**
   * A component by name: {@code registry.create(Layer.class, "LSTM", Map.of("units", 4),
   * Semantics.KERAS3)}.
   *
   * @param config values of its keys, as in a model file: numbers, texts, booleans, shapes, lists,
   *     maps
   * @throws ModelFileException where the name or the config has mistakes
   */
  public <T> T create(Class<T> kind, String name, Map<String, ?> config, Semantics semantics) {
    Problems problems = new Problems();
    Node node = Node.single(name, Location.NONE, Node.of(config));
    Bound<T> bound = binder(semantics, problems).component(kind, node, Place.root(Location.NONE));
    T component = bound.value();
    if (component == null || problems.hasErrors()) {
      throw new ModelFileException(problems.sorted());
    }
    return component;
  }
}
