package org.rondoml.onednn;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.javacpp.Loader;
import org.rondoml.core.compute.KernelsUnavailableException;

/**
 * The CPU instructions oneDNN may use. AMX and beyond are kept off: a CPU can advertise AMX while
 * the system or the hypervisor doesn't let it run, and the first such instruction then kills the
 * JVM. Products in float32 gain nothing by it.
 */
final class InstructionSet {
  /** All that a product in float32 gains from, in the order of the CPUs' history. */
  private static final Set<cpu_isa> TRUSTED =
      EnumSet.of(
          cpu_isa.sse41,
          cpu_isa.avx,
          cpu_isa.avx2,
          cpu_isa.avx2_vnni,
          cpu_isa.avx2_vnni_2,
          cpu_isa.avx512_core,
          cpu_isa.avx512_core_vnni,
          cpu_isa.avx512_core_bf16);

  private InstructionSet() {}

  /**
   * Forbids what is not trusted, unless the user's {@code ONEDNN_MAX_CPU_ISA} forbids more than
   * that, and tells what is left. To be called before anything else of oneDNN: it heeds the limit
   * only until then.
   *
   * @throws KernelsUnavailableException where the CPU has none of it, or somebody else in this JVM
   *     had oneDNN settle on more
   */
  static cpu_isa limit(Map<String, String> environment) {
    if (!isLimitedBy(environment)) {
      // Refused where oneDNN was used before in this JVM; what is in force then is checked below.
      dnnl.set_max_cpu_isa(cpu_isa.avx512_core_bf16);
    }
    cpu_isa effective = dnnl.get_effective_cpu_isa().intern();
    if (effective == cpu_isa.isa_default) {
      throw new KernelsUnavailableException(
          "oneDNN has no fast kernels for this CPU (" + Loader.getPlatform() + " without SSE 4.1)",
          null);
    }
    if (!TRUSTED.contains(effective)) {
      throw new KernelsUnavailableException(
          "something else in this JVM has used oneDNN already and let it use "
              + effective
              + ", which can crash the JVM; set ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16 in the environment",
          null);
    }
    return effective;
  }

  /** Whether the user's own limit, in oneDNN's spelling, is below ours. */
  static boolean isLimitedBy(Map<String, String> environment) {
    String limit =
        environment.getOrDefault(
            "ONEDNN_MAX_CPU_ISA", environment.getOrDefault("DNNL_MAX_CPU_ISA", ""));
    return TRUSTED.stream().anyMatch(isa -> isa.name().equals(limit.toLowerCase(Locale.ROOT)));
  }
}
