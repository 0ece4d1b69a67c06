package org.rondoml.core.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/**
 * The kernel libraries found on this machine, each loaded once, and which of them computes in which
 * precision: of those that support it, the one with the highest priority. A library that can't be
 * loaded takes down nothing but itself; {@link #candidates()} tells why.
 */
public final class KernelSelection {
  private final List<Candidate> candidates;
  private final Map<Precision, Kernels> chosen;

  /**
   * A library and what became of it.
   *
   * @param id the library's id, or where it could not even be asked, the name of what failed
   * @param kernels its kernels, or null where it could not be loaded
   * @param usedFor the precisions it computes in here
   * @param reason why it is not used, and what would lift it; empty where it is used
   */
  public record Candidate(
      String id, @Nullable Kernels kernels, List<Precision> usedFor, String reason) {
    public Candidate {
      usedFor = List.copyOf(usedFor);
    }

    /** The line for reports: {@code openblas 0.3.31: used for float64}. */
    @Override
    public String toString() {
      String name = kernels == null ? id : kernels.name();
      return name
          + ": "
          + (reason.isEmpty() ? "used for " + names(usedFor) : "not used: " + reason);
    }
  }

  private KernelSelection(List<Candidate> candidates, Map<Precision, Kernels> chosen) {
    this.candidates = List.copyOf(candidates);
    this.chosen = chosen;
  }

  /**
   * Loads all libraries of a class loader.
   *
   * @throws IllegalArgumentException where two have the same id
   */
  public static KernelSelection load(ClassLoader loader) {
    List<Candidate> broken = new ArrayList<>();
    return choose(find(loader, broken), broken);
  }

  /**
   * Loads only the libraries of these ids.
   *
   * @throws IllegalArgumentException where an id is unknown, or two libraries have the same
   */
  public static KernelSelection load(ClassLoader loader, Collection<String> ids) {
    List<Candidate> broken = new ArrayList<>();
    List<KernelsProvider> found = find(loader, broken);
    TreeSet<String> known =
        found.stream().map(KernelsProvider::id).collect(Collectors.toCollection(TreeSet::new));
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new IllegalArgumentException(
            "unknown kernels '" + id + "': expected one of " + String.join(", ", known));
      }
    }
    return choose(found.stream().filter(p -> ids.contains(p.id())).toList(), broken);
  }

  /** The libraries in order of priority, the highest first, and after them what is no library. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** Whether some library computes in this precision. */
  public boolean supports(Precision precision) {
    return chosen.containsKey(precision);
  }

  /**
   * The kernels for a precision.
   *
   * @throws IllegalStateException where no library that loads supports it, with each one's reason
   */
  public Kernels kernels(Precision precision) {
    Kernels kernels = chosen.get(precision);
    if (kernels == null) {
      throw new IllegalStateException(
          "no kernels for "
              + precision
              + candidates.stream().map(c -> "\n  " + c).collect(Collectors.joining()));
    }
    return kernels;
  }

  private static List<KernelsProvider> find(ClassLoader loader, List<Candidate> broken) {
    List<KernelsProvider> found = new ArrayList<>();
    Iterator<KernelsProvider> providers =
        ServiceLoader.load(KernelsProvider.class, loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(new Candidate("provider", null, List.of(), reason(e)));
      }
    }
    Map<String, KernelsProvider> byId = new HashMap<>();
    for (KernelsProvider provider : found) {
      KernelsProvider other = byId.put(provider.id(), provider);
      if (other != null) {
        throw new IllegalArgumentException(
            "kernels '"
                + provider.id()
                + "' are brought by two: "
                + origin(other)
                + " and "
                + origin(provider)
                + "; remove one of them");
      }
    }
    found.sort(
        Comparator.comparingInt(KernelsProvider::priority)
            .reversed()
            .thenComparing(KernelsProvider::id));
    return found;
  }

  private static KernelSelection choose(List<KernelsProvider> providers, List<Candidate> broken) {
    Map<Precision, Kernels> chosen = new EnumMap<>(Precision.class);
    List<Candidate> candidates = new ArrayList<>();
    for (KernelsProvider provider : providers) {
      candidates.add(load(provider, chosen));
    }
    candidates.addAll(broken);
    return new KernelSelection(candidates, chosen);
  }

  private static Candidate load(KernelsProvider provider, Map<Precision, Kernels> chosen) {
    Kernels kernels;
    try {
      kernels = provider.load();
    } catch (KernelsUnavailableException e) {
      return new Candidate(provider.id(), null, List.of(), reason(e));
    } catch (RuntimeException | LinkageError e) {
      String fault = "a defect of " + origin(provider) + ": " + e;
      return new Candidate(provider.id(), null, List.of(), fault);
    }
    List<Precision> usedFor = new ArrayList<>();
    List<Precision> taken = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      if (kernels.supports(precision)) {
        (chosen.putIfAbsent(precision, kernels) == null ? usedFor : taken).add(precision);
      }
    }
    String reason = "";
    if (usedFor.isEmpty()) {
      reason =
          taken.isEmpty()
              ? "it supports none of " + names(List.of(Precision.values()))
              : "others come first for " + names(taken);
    }
    return new Candidate(provider.id(), kernels, usedFor, reason);
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  private static String names(List<Precision> precisions) {
    return precisions.stream().map(Precision::toString).collect(Collectors.joining(", "));
  }

  private static String origin(KernelsProvider provider) {
    var source = provider.getClass().getProtectionDomain().getCodeSource();
    String name = provider.getClass().getName();
    return source == null ? name : name + " in " + source.getLocation();
  }
}
