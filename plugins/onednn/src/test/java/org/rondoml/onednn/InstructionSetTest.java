package org.rondoml.onednn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InstructionSetTest {
  @Test
  void theUsersLowerLimitStands() {
    assertTrue(InstructionSet.isLimitedBy(Map.of("ONEDNN_MAX_CPU_ISA", "AVX2")));
    assertTrue(InstructionSet.isLimitedBy(Map.of("ONEDNN_MAX_CPU_ISA", "avx512_core_bf16")));
    assertTrue(InstructionSet.isLimitedBy(Map.of("DNNL_MAX_CPU_ISA", "SSE41")));
  }

  @Test
  void whatAllowsAmxIsNoLimit() {
    assertFalse(InstructionSet.isLimitedBy(Map.of()));
    assertFalse(InstructionSet.isLimitedBy(Map.of("ONEDNN_MAX_CPU_ISA", "ALL")));
    assertFalse(InstructionSet.isLimitedBy(Map.of("ONEDNN_MAX_CPU_ISA", "DEFAULT")));
    assertFalse(InstructionSet.isLimitedBy(Map.of("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_AMX")));
  }
}
