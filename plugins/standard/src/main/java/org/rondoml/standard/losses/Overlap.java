package org.rondoml.standard.losses;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.SideBySide;

/**
 * A loss by how far targets t and outputs y overlap: a function of three sums over some axes,
 *
 * <pre>
 * i        = sum t y
 * a        = sum t
 * b        = sum y
 * value    = f(i, a, b)
 * gradient = df/di t + df/db
 * </pre>
 *
 * <p>and the mean of it over the places of the other axes. Without axes it is one number for the
 * batch.
 */
final class Overlap implements Loss {
  private final String name;
  private final Formula formula;
  private final @Nullable OneOrMany<Integer> axes;
  private final Scope scope;
  private final int[] placeOf;
  private final int places;
  private final double[] known;

  /** The function of the three sums. */
  interface Formula {
    double value(double i, double a, double b);

    /** df/di. */
    double byOverlap(double i, double a, double b);

    /** df/db. */
    double byOutput(double i, double a, double b);
  }

  /**
   * A loss.
   *
   * @param name Keras' name of it, for messages
   * @param axes the axes to sum over, the samples' being 0; null for all
   */
  Overlap(String name, Formula formula, @Nullable OneOrMany<Integer> axes) {
    this(name, formula, axes, Scope.BATCH, new int[0], 1, new double[0]);
  }

  private Overlap(
      String name,
      Formula formula,
      @Nullable OneOrMany<Integer> axes,
      Scope scope,
      int[] placeOf,
      int places,
      double[] known) {
    this.name = name;
    this.formula = formula;
    this.axes = axes;
    this.scope = scope;
    this.placeOf = placeOf;
    this.places = places;
    this.known = known;
  }

  @Override
  public void check(Shape target, Shape output) {
    TargetShape.checkElementWise(name, target, output);
  }

  @Override
  public Loss resolve(Shape target, Shape output) {
    check(target, output);
    Shape shape = SideBySide.of(target, output).shape();
    boolean[] summed = new boolean[shape.rank() + 1];
    if (axes == null) {
      Arrays.fill(summed, true);
    } else {
      for (int axis : axes.values()) {
        int place = place(axis, shape, output);
        if (summed[place]) {
          throw new ShapeMismatchException(
              name
                  + ": the axes "
                  + axes.values()
                  + " name one of outputs of shape "
                  + output
                  + " twice: name each once");
        }
        summed[place] = true;
      }
    }
    boolean onlyLast = !summed[0] && summed[shape.rank()];
    for (int axis = 1; axis < shape.rank(); axis++) {
      onlyLast &= !summed[axis];
    }
    if (onlyLast) {
      int length = (int) shape.dimension(-1);
      return new Overlap(name, formula, axes, Scope.ROW, new int[length], 1, known);
    }
    Scope seen = summed[0] ? Scope.BATCH : Scope.SAMPLE;
    int[] placesOf = new int[(int) shape.size()];
    int count = 1;
    int stride = placesOf.length;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int size = (int) shape.dimension(axis);
      stride /= size;
      if (!summed[axis + 1]) {
        for (int k = 0; k < placesOf.length; k++) {
          placesOf[k] = placesOf[k] * size + k / stride % size;
        }
        count *= size;
      }
    }
    return new Overlap(name, formula, axes, seen, placesOf, count, known);
  }

  private int place(int axis, Shape shape, Shape output) {
    int place = axis < 0 ? shape.rank() + 1 + axis : axis;
    if (place < 0 || place > shape.rank()) {
      throw new ShapeMismatchException(
          name
              + " along axis "
              + axis
              + ": outputs of shape "
              + output
              + " have the axes 0, of the samples, to "
              + shape.rank());
    }
    return place;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public int sums() {
    return scope == Scope.BATCH ? 3 * places : 0;
  }

  @Override
  public void gather(Vec target, Vec output, double[] sums) {
    if (scope == Scope.BATCH) {
      addTo(sums, target, output);
    }
  }

  private void addTo(double[] sums, Vec target, Vec output) {
    for (int k = 0; k < output.length(); k++) {
      int at = 3 * placeOf[k];
      sums[at] += target.get(k) * output.get(k);
      sums[at + 1] += target.get(k);
      sums[at + 2] += output.get(k);
    }
  }

  @Override
  public Loss given(double[] sums) {
    return new Overlap(name, formula, axes, scope, placeOf, places, sums.clone());
  }

  private double[] sums(Vec target, Vec output) {
    if (scope == Scope.BATCH) {
      return known;
    }
    double[] sums = new double[3 * places];
    addTo(sums, target, output);
    return sums;
  }

  @Override
  public double value(Vec target, Vec output) {
    double[] sums = sums(target, output);
    double total = 0;
    for (int place = 0; place < places; place++) {
      total += formula.value(sums[3 * place], sums[3 * place + 1], sums[3 * place + 2]);
    }
    return total / places;
  }

  @Override
  public void gradient(Vec target, Vec output, Vec gradient) {
    double[] sums = sums(target, output);
    for (int k = 0; k < output.length(); k++) {
      int at = 3 * placeOf[k];
      double i = sums[at];
      double a = sums[at + 1];
      double b = sums[at + 2];
      double slope = formula.byOverlap(i, a, b) * target.get(k) + formula.byOutput(i, a, b);
      gradient.set(k, slope / places);
    }
  }
}
