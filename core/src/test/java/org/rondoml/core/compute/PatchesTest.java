package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Window.Padding;

class PatchesTest {
  private static final int OFFSET = 2;

  /**
   * Some patches.
   *
   * @param first the first of the channels that are looked at
   */
  record Case(
      Precision precision, Window rows, Window columns, int channels, int pixel, int first) {
    Patches patches() {
      return new Patches(precision, rows, columns, channels, pixel);
    }

    /** The element of the image at an index of the matrix, or -1. */
    int source(int index) {
      int channel = index % channels;
      int tapX = index / channels % columns.taps();
      int tapY = index / channels / columns.taps() % rows.taps();
      int position = index / channels / columns.taps() / rows.taps();
      int y = rows.at(position / columns.positions(), tapY);
      int x = columns.at(position % columns.positions(), tapX);
      boolean inside = y >= 0 && y < rows.size() && x >= 0 && x < columns.size();
      return inside ? (y * columns.size() + x) * pixel + first + channel : -1;
    }

    Memory memory(int length) {
      return Memory.of(Nd4j.create(precision.dataType(), OFFSET + length));
    }
  }

  /** Few channels and many, which are moved in other ways, on all sorts of windows. */
  static Stream<Case> cases() {
    return Stream.of(Precision.values())
        .flatMap(
            p ->
                Stream.of(
                    new Case(p, Window.none(), Window.of(5, 3, 1, 1, Padding.VALID), 2, 2, 0),
                    new Case(p, Window.none(), Window.of(5, 3, 2, 1, Padding.SAME), 2, 5, 2),
                    new Case(p, Window.none(), Window.of(6, 2, 1, 3, Padding.CAUSAL), 30, 30, 0),
                    new Case(
                        p,
                        Window.of(4, 3, 1, 1, Padding.SAME),
                        Window.of(5, 2, 2, 1, Padding.SAME),
                        25,
                        26,
                        1),
                    new Case(
                        p,
                        Window.of(5, 2, 1, 2, Padding.SAME),
                        Window.of(4, 3, 1, 1, Padding.SAME),
                        3,
                        3,
                        0)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gathersWhatWindowsSee(Case c) {
    Patches patches = c.patches();
    Memory image = c.memory(patches.imageLength());
    for (int i = 0; i < image.length(); i++) {
      image.array().putScalar(i, 1 + i);
    }
    Memory matrix = c.memory(patches.count() * patches.length());
    patches.gather(image, OFFSET + c.first(), matrix, OFFSET);
    for (int i = 0; i < patches.count() * patches.length(); i++) {
      int source = c.source(i);
      assertEquals(
          source < 0 ? 0 : 1 + OFFSET + source,
          matrix.array().getDouble(OFFSET + i),
          "element " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scattersBackAndAdds(Case c) {
    Patches patches = c.patches();
    Memory matrix = c.memory(patches.count() * patches.length());
    Memory image = c.memory(patches.imageLength());
    double[] expected = new double[(int) image.length()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = i % 7;
      image.array().putScalar(i, i % 7);
    }
    for (int i = 0; i < patches.count() * patches.length(); i++) {
      matrix.array().putScalar(OFFSET + i, i % 5 - 2);
      if (c.source(i) >= 0) {
        expected[OFFSET + c.source(i)] += i % 5 - 2;
      }
    }
    patches.scatter(matrix, OFFSET, image, OFFSET + c.first());
    assertArrayEquals(
        expected, image.array().castTo(Precision.FLOAT64.dataType()).data().asDouble());
  }
}
