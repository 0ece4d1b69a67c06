package org.rondoml.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {
  private static final List<String> KNOWN =
      List.of("units", "activation", "return_sequences", "return_state", "rate", "name");

  @ParameterizedTest
  @CsvSource({
    "unitz, units",
    "unist, units",
    "returnSequences, return_sequences",
    "return-sequences, return_sequences",
    "Rate, rate",
    "rat, rate",
    "activaton, activation",
    "nmae, name"
  })
  void findsWhatWasMeant(String misspelt, String meant) {
    assertEquals(" (did you mean '" + meant + "'?)", NearMiss.suggestion(misspelt, KNOWN));
  }

  @ParameterizedTest
  @CsvSource({"zzz", "x", "wavelength", "''"})
  void keepsQuietWhereNothingIsClose(String misspelt) {
    assertEquals("", NearMiss.suggestion(misspelt, KNOWN));
  }

  @Test
  void namesTheClosestFirst() {
    assertEquals(
        List.of("momentum", "momenta"),
        NearMiss.of("momentun", List.of("momenta", "units", "momentum")));
  }
}
