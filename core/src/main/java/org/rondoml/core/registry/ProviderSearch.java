package org.rondoml.core.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.rondoml.api.UsageException;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.LeftOut;

/**
 * Finds providers on the class path and in plugin jars. A provider that throws is noted, and the
 * search goes on.
 */
final class ProviderSearch {
  private final List<ComponentProvider<?, ?>> providers = new ArrayList<>();
  private final List<LeftOut.Name> leftOut = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  /** What the class path says of names that are no components. */
  List<LeftOut.Name> leftOut() {
    return leftOut;
  }

  List<ComponentProvider<?, ?>> providers() {
    return providers;
  }

  List<Failure> failures() {
    return failures;
  }

  /** Adds the providers that a class loader and its parents know. */
  void classPath(ClassLoader loader) {
    search(loader, loader.toString(), false);
    try {
      ServiceLoader.load(LeftOut.class, loader).forEach(names -> leftOut.addAll(names.names()));
    } catch (ServiceConfigurationError | LinkageError e) {
      failures.add(new Failure(loader.toString(), reason(e)));
    }
  }

  /** Adds the providers of every jar in a folder, each jar with a class loader of its own. */
  void plugins(Path folder, ClassLoader parent) {
    for (Path jar : jars(folder)) {
      search(
          new URLClassLoader(new URL[] {url(jar)}, parent),
          String.valueOf(jar.getFileName()),
          true);
    }
  }

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UsageException("no folder of plugins: " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException("can't read the folder of plugins " + folder, e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("rawtypes") // ServiceLoader knows no generic services
  private void search(ClassLoader loader, String name, boolean ownOnly) {
    Iterator<ServiceLoader.Provider<ComponentProvider>> found =
        ServiceLoader.load(ComponentProvider.class, loader).stream().iterator();
    int own = 0;
    int failed = failures.size();
    while (true) {
      try {
        if (!found.hasNext()) {
          break;
        }
        ServiceLoader.Provider<ComponentProvider> next = found.next();
        if (!ownOnly || next.type().getClassLoader() == loader) {
          own++;
          instantiate(next);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add(new Failure(name, reason(e)));
      }
    }
    if (ownOnly && own == 0 && failures.size() == failed) {
      failures.add(
          new Failure(
              name,
              "it names no provider in META-INF/services/" + ComponentProvider.class.getName()));
    }
  }

  @SuppressWarnings("rawtypes")
  private void instantiate(ServiceLoader.Provider<ComponentProvider> found) {
    try {
      providers.add(found.get());
    } catch (ServiceConfigurationError | LinkageError e) {
      failures.add(new Failure(found.type().getName(), reason(e)));
    }
  }

  /** The innermost cause: the loader wraps what the provider threw. */
  static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
