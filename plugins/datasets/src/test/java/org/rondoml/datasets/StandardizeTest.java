package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Padding;
import org.rondoml.core.spi.Transform;

class StandardizeTest {
  /** Columns with the means 3, 5, 100 and the deviations 2, 0, √200. */
  private static final INDArray X =
      Nd4j.create(new double[][] {{1, 5, 80}, {5, 5, 110}, {1, 5, 110}, {5, 5, 100}});

  private static final INDArray Y = Nd4j.create(new double[][] {{0}, {4}, {0}, {4}});

  private static Dataset data(INDArray x, INDArray y) {
    return new Dataset(Map.of("x", x), List.of(y), null, "data.csv", Map.of("c", List.of("a")));
  }

  private static Transform transform(boolean inputs, boolean targets) {
    return new Standardize(new Standardize.Config(inputs, targets));
  }

  @Test
  void columnsGetMean0AndDeviation1AndAConstantBecomes0() {
    Dataset train = data(X, Y);
    Transform fitted = transform(true, false).fit(train);
    Dataset changed = fitted.apply(train, Precision.FLOAT64);

    double d = Math.sqrt((400 + 100 + 100) / 4.0);
    assertArrayEquals(
        new double[] {-1, 0, -20 / d, 1, 0, 10 / d, -1, 0, 10 / d, 1, 0, 0},
        changed.inputs().get("x").data().asDouble(),
        1e-15);
    assertSame(Y, changed.targets().get(0));
    assertEquals(Map.of("c", List.of("a")), changed.classes());
    assertEquals(
        Map.of("input 0 mean", List.of(3.0, 5.0, 100.0), "input 0 deviation", List.of(2.0, 1.0, d)),
        fitted.state());
  }

  /** numpy: x = arange(12.).reshape(2, 3, 2); (x - x.mean((0, 1))) / x.std((0, 1)) */
  @Test
  void windowsAreTakenTogether() {
    Dataset series =
        data(Nd4j.arange(12).castTo(DataType.DOUBLE).reshape(2, 3, 2), Y.getRows(0, 1));
    double[] changed =
        transform(true, false)
            .fit(series)
            .apply(series, Precision.FLOAT64)
            .inputs()
            .get("x")
            .data()
            .asDouble();

    assertEquals(-1.4638501094227998, changed[0], 1e-15);
    assertEquals(-1.4638501094227998, changed[1], 1e-15);
    assertEquals(0.29277002188456, changed[7], 1e-15);
  }

  @Test
  void otherDataIsChangedByWhatWasLearned() {
    Transform fitted = transform(true, true).fit(data(X, Y));
    Dataset other =
        data(Nd4j.create(new double[][] {{7, 6, 100}}), Nd4j.create(new double[][] {{6}}));
    Dataset changed = fitted.apply(other, Precision.FLOAT32);

    assertEquals(Nd4j.create(new float[][] {{2, 1, 0}}), changed.inputs().get("x"));
    assertEquals(Nd4j.create(new float[][] {{2}}), changed.targets().get(0));
    assertEquals(
        List.of(Nd4j.create(new float[][] {{6}, {0}})),
        fitted.undo(List.of(Nd4j.create(new float[][] {{2}, {-1}}))));
  }

  @Test
  void stateIsTakenUpAgain() {
    Transform fitted = transform(true, true).fit(data(X, Y));
    Transform again = transform(true, true).restore(fitted.state());

    assertEquals(fitted.state(), again.state());
    assertEquals(
        fitted.apply(data(X, Y), Precision.FLOAT64).inputs(),
        again.apply(data(X, Y), Precision.FLOAT64).inputs());
    DataException damaged =
        assertThrows(
            DataException.class,
            () -> transform(true, true).restore(Map.of("input 0 mean", List.of(1.0))));
    assertEquals(
        "standardize: the kept state has no deviations for the means of input 0",
        damaged.getMessage());
  }

  @Test
  void predictionsStayAsTheyAreWhereTargetsDo() {
    List<INDArray> outputs = List.of(Y);
    assertSame(outputs, transform(true, false).fit(data(X, Y)).undo(outputs));
  }

  @Test
  void refusesWhatDoesNotFit() {
    Transform fitted = transform(true, false).fit(data(X, Y));
    DataException width =
        assertThrows(
            DataException.class,
            () ->
                fitted.apply(
                    data(Nd4j.ones(DataType.DOUBLE, 1, 2), Y.getRows(0)), Precision.FLOAT64));
    assertEquals(
        "data.csv: standardize: found 2 numbers along the last axis, but the training data has 3",
        width.getMessage());
    ConfigException nothing =
        assertThrows(ConfigException.class, () -> new Standardize.Config(false, false));
    assertEquals("nothing would be changed; leave out the transform", nothing.getMessage());
    assertTrue(transform(true, false).learns());
  }

  /** Two steps of their own in the first sequence, one in the second, which comes last. */
  private static final Dataset PADDED =
      new Dataset(
          Map.of(
              "x",
              Nd4j.create(
                  new double[][][] {{{2, 5}, {4, 5}, {-7, -7}}, {{-7, -7}, {-7, -7}, {6, 8}}})),
          List.of(Nd4j.create(new double[][][] {{{10}, {20}, {0}}, {{0}, {0}, {60}}})),
          null,
          "padded.csv",
          Map.of(),
          Padding.of(3, -7, new int[] {0, 2}, new int[] {2, 1}));

  @Test
  void paddingIsLeftAloneAndTeachesNothing() {
    Transform fitted = transform(true, true).fit(PADDED);
    Dataset changed = fitted.apply(PADDED, Precision.FLOAT64);

    double dx = Math.sqrt(8 / 3.0);
    double dy = Math.sqrt((400 + 100 + 900) / 3.0);
    assertEquals(
        Map.of(
            "input 0 mean", List.of(4.0, 6.0),
            "input 0 deviation", List.of(dx, Math.sqrt(2)),
            "target 0 mean", List.of(30.0),
            "target 0 deviation", List.of(dy)),
        fitted.state());
    double h = Math.sqrt(0.5);
    assertArrayEquals(
        new double[] {-2 / dx, -h, 0, -h, -7, -7, -7, -7, -7, -7, 2 / dx, 2 * h},
        changed.inputs().get("x").data().asDouble(),
        1e-15);
    assertArrayEquals(
        new double[] {-20 / dy, -10 / dy, 0, 0, 0, 30 / dy},
        changed.targets().get(0).data().asDouble(),
        1e-15);
    assertEquals(PADDED.padding(), changed.padding());
  }

  @Test
  void aRescaleLeavesPaddingAlone() {
    Dataset changed = new Rescale(new Rescale.Config(0.5, 1)).apply(PADDED, Precision.FLOAT64);

    assertArrayEquals(
        new double[] {2, 3.5, 3, 3.5, -7, -7, -7, -7, -7, -7, 4, 5},
        changed.inputs().get("x").data().asDouble());
    assertEquals(PADDED.padding(), changed.padding());
  }
}
