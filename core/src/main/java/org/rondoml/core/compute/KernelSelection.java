package org.rondoml.core.compute;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/**
 * The kernel libraries found on this machine, each loaded once, and which of them computes what: of
 * those that offer a product, the one with the highest priority. A library that can't be loaded
 * takes down nothing but itself; {@link #candidates()} tells why.
 */
public final class KernelSelection {
  private final List<Candidate> candidates;

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

  /**
   * A library and why it is the one.
   *
   * @param kernels the library
   * @param reason what it computes; or where another comes before it, why that one does not, and
   *     what would lift it
   * @param fallback whether another comes before it, which would be faster
   */
  public record Choice(Kernels kernels, String reason, boolean fallback) {
    /** The part of a sentence: {@code openblas 0.3.31 (onednn has no float64)}. */
    @Override
    public String toString() {
      return kernels.name() + (fallback ? " (" + reason + ")" : "");
    }
  }

  private KernelSelection(List<Candidate> candidates) {
    this.candidates = List.copyOf(candidates);
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
    return candidates.stream().anyMatch(c -> c.usedFor().contains(precision));
  }

  /**
   * This selection, which computes in a precision.
   *
   * @throws IllegalStateException where no library that loads supports it, with each one's reason
   */
  public KernelSelection requiring(Precision precision) {
    if (!supports(precision)) {
      throw none(precision);
    }
    return this;
  }

  /**
   * The kernels for a precision: the library that comes first, and for products that it does not
   * offer the next.
   *
   * @throws IllegalStateException where no library that loads supports it, with each one's reason
   */
  public Kernels kernels(Precision precision) {
    return new ByProduct(this, choice(precision).kernels());
  }

  /**
   * The library that comes first for a precision.
   *
   * @throws IllegalStateException where no library that loads supports it, with each one's reason
   */
  public Choice choice(Precision precision) {
    return choice(
        precision,
        kernels ->
            kernels.supports(precision) ? Optional.empty() : Optional.of("has no " + precision));
  }

  /**
   * The library for a product.
   *
   * @throws IllegalStateException where no library that loads offers it, with each one's reason
   */
  public Choice choice(Gemm gemm) {
    return choice(gemm.precision(), kernels -> kernels.refusal(gemm));
  }

  private Choice choice(Precision precision, Function<Kernels, Optional<String>> refusal) {
    List<String> passedOver = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Kernels kernels = candidate.kernels();
      if (kernels == null) {
        passedOver.add(candidate.id() + ": " + candidate.reason());
        continue;
      }
      Optional<String> refused = refusal.apply(kernels);
      if (refused.isEmpty()) {
        return passedOver.isEmpty()
            ? new Choice(
                kernels, (kernels.packs() ? "packed " : "") + precision + " products", false)
            : new Choice(kernels, String.join("; ", passedOver), true);
      }
      passedOver.add(candidate.id() + " " + refused.get());
    }
    throw none(precision);
  }

  private IllegalStateException none(Precision precision) {
    return new IllegalStateException(
        "no kernels for "
            + precision
            + candidates.stream().map(c -> "\n  " + c).collect(Collectors.joining()));
  }

  /** The first library's name, and each product of the first that offers it. */
  private record ByProduct(KernelSelection selection, Kernels first) implements Kernels {
    @Override
    public String name() {
      return first.name();
    }

    @Override
    public boolean supports(Precision precision) {
      return selection.supports(precision);
    }

    @Override
    public boolean packs() {
      return first.packs();
    }

    @Override
    public Product plan(Gemm gemm) {
      return selection.choice(gemm).kernels().plan(gemm);
    }

    @Override
    public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
      return selection.choice(gemm).kernels().plan(gemm, b, bOffset);
    }
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
    Set<Precision> served = EnumSet.noneOf(Precision.class);
    List<Candidate> candidates = new ArrayList<>();
    for (KernelsProvider provider : providers) {
      candidates.add(load(provider, served));
    }
    candidates.addAll(broken);
    return new KernelSelection(candidates);
  }

  private static Candidate load(KernelsProvider provider, Set<Precision> served) {
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
        (served.add(precision) ? usedFor : taken).add(precision);
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
