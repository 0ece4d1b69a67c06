package org.rondoml.standard.initializers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * The kernel of a one-dimensional convolution that computes one side, real or imaginary, of a
 * short-time Fourier transform. For T steps and F frequencies:
 *
 * <pre>
 * k(t, 0, f) = side(-2 pi t f / (2 F - 2)) · w(t) / scale,   side = cos for real, sin for imag
 * w(t)       = sum_i (-1)^i a_i cos(2 pi i t / n),           n = T - 1, or T where periodic
 * scale      = sqrt(sum w²) for density, sum |w| for spectrum, 1 for null
 * </pre>
 *
 * <p>The coefficients a are those of the window; without a window, null, w = scale = 1. The shape
 * is (T, 1, F). Of the windows that Keras takes from SciPy these are the sums of cosines.
 *
 * <p>Source: Keras, {@code keras/src/initializers/constant_initializers.py}; SciPy, {@code
 * scipy/signal/windows/_windows.py}.
 */
public final class STFT implements Initializer {
  private final Config config;

  /** The initializer with its keys. */
  public STFT(Config config) {
    this.config = config;
  }

  /** A side of the complex plane. */
  public enum Side {
    /** Cosines. */
    REAL,
    /** Sines. */
    IMAG
  }

  /** What the window is divided by. */
  public enum Scaling {
    /** The root of the sum of its squares. */
    DENSITY,
    /** The sum of its absolute values. */
    SPECTRUM
  }

  /** A window that is a sum of cosines. */
  public enum Window {
    /** Ones. */
    BOXCAR(1),
    /** Hann's. */
    HANN(0.5, 0.5),
    /** Hamming's. */
    HAMMING(0.54, 0.46),
    /** Blackman's. */
    BLACKMAN(0.42, 0.5, 0.08),
    /** Nuttall's, of four terms. */
    NUTTALL(0.3635819, 0.4891775, 0.1365995, 0.0106411),
    /** Blackman's and Harris', of four terms. */
    BLACKMANHARRIS(0.35875, 0.48829, 0.14128, 0.01168),
    /** One whose top is flat. */
    FLATTOP(0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final double[] coefficients;

    Window(double... coefficients) {
      this.coefficients = coefficients;
    }

    private double[] values(int length, boolean periodic) {
      double[] w = new double[length];
      if (length == 1) {
        w[0] = 1;
        return w;
      }
      int n = periodic ? length : length - 1;
      for (int t = 0; t < length; t++) {
        int sign = 1;
        for (int i = 0; i < coefficients.length; i++) {
          w[t] += sign * coefficients[i] * Math.cos(2 * Math.PI * i * t / n);
          sign = -sign;
        }
      }
      return w;
    }
  }

  @Override
  public void check(Shape shape) {
    if (shape.rank() != 3 || shape.dimension(1) != 1) {
      throw new ShapeMismatchException(
          "STFT makes kernels of shape (steps, 1, frequencies), found a parameter of shape "
              + shape
              + ": use it as the kernel_initializer of a Conv1D over one channel");
    }
    if (shape.dimension(2) < 2) {
      throw new ShapeMismatchException(
          "STFT computes at least two frequencies, found a parameter of shape "
              + shape
              + ": give the Conv1D more filters");
    }
  }

  @Override
  public double[] initialize(Shape shape, RandomStream random) {
    check(shape);
    int steps = Math.toIntExact(shape.dimension(0));
    int frequencies = Math.toIntExact(shape.dimension(2));
    double[] w = window(steps);
    double[] k = new double[steps * frequencies];
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < frequencies; f++) {
        double angle = -2 * Math.PI * t * f / (2 * frequencies - 2);
        double side = config.side() == Side.REAL ? Math.cos(angle) : Math.sin(angle);
        k[t * frequencies + f] = side * w[t];
      }
    }
    return k;
  }

  /** The window, divided by its scale. */
  private double[] window(int length) {
    Window window = config.window();
    double[] w = new double[length];
    if (window == null) {
      Arrays.fill(w, 1);
      return w;
    }
    w = window.values(length, config.periodic());
    Scaling scaling = config.scaling();
    if (scaling != null) {
      double scale =
          scaling == Scaling.DENSITY
              ? Math.sqrt(Arrays.stream(w).map(v -> v * v).sum())
              : Arrays.stream(w).map(Math::abs).sum();
      for (int t = 0; t < length; t++) {
        w[t] /= scale;
      }
    }
    return w;
  }

  /**
   * The keys.
   *
   * @param side which side of the complex plane
   * @param window what fades the frame's ends out, or null
   * @param scaling what the window is divided by, or null
   * @param periodic whether the window goes on after its last step
   */
  @Description("A convolution's kernel that computes a short-time Fourier transform.")
  public record Config(
      @Description("which side of the complex plane: real or imag") @Default("real") Side side,
      @Description("what fades the ends of the frame out; null for nothing") @Default("hann")
          @Nullable Window window,
      @Description("what the window is divided by: density or spectrum; null for 1")
          @Default("density")
          @Nullable Scaling scaling,
      @Description("whether the window's period is the frame, instead of one step less")
          @Default("false")
          boolean periodic) {}

  /** Brings {@code STFT}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "STFT";
    }

    @Override
    public List<String> aliases() {
      return List.of("STFTInitializer");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      if (semantics != Semantics.KERAS3) {
        throw new ConfigException(
            "",
            "Keras of semantics: "
                + semantics.toString().toLowerCase(Locale.ROOT)
                + " has no STFT: write semantics: keras3, or take another initializer");
      }
      return new STFT(config);
    }
  }
}
