package org.rondoml.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Times the article's network in DL4J: its counterpart to the programs in contestants/, with the
 * same options and the same line on stdout. Run from the root of the repository.
 */
public final class Dl4jProgram {
  private static final Path MNIST =
      Path.of("plugins/datasets/src/main/resources/org/rondoml/datasets/mnist");
  private static final int BLOCKS = 5;
  private static final int SIDE = 28;

  private final int batchSize;
  private final double seconds;
  private final MultiLayerNetwork network = network();
  private final float[][] images;
  private final int[] digits;
  private final Random random = new Random(42);
  private int[] order = {};
  private int next;

  private Dl4jProgram(int batchSize, double seconds) throws IOException {
    this.batchSize = batchSize;
    this.seconds = seconds;
    byte[] pixels = idx("train-images-idx3-ubyte.gz", 16);
    byte[] labels = idx("train-labels-idx1-ubyte.gz", 8);
    images = new float[labels.length][];
    digits = new int[labels.length];
    for (int n = 0; n < labels.length; n++) {
      images[n] = image(pixels, n);
      digits[n] = labels[n];
    }
  }

  /** Prints the line that compare.py reads. */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    // --threads reaches DL4J as OMP_NUM_THREADS, which native code reads before anything runs here.
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    Dl4jProgram program =
        new Dl4jProgram(
            Integer.parseInt(options.getOrDefault("--batch-size", "32")),
            Double.parseDouble(options.getOrDefault("--seconds", "10")));
    double step = program.secondsEach(program::step);
    Map<String, Double> inference = new LinkedHashMap<>();
    for (String size : options.getOrDefault("--inference", "1,32,256").split(",")) {
      int rows = Integer.parseInt(size);
      float[][] x = Arrays.copyOf(program.images, rows);
      inference.put(size, program.secondsEach(() -> program.predict(x)) * 1e6 / rows);
    }
    System.out.println(program.line(step, inference));
  }

  private static MultiLayerNetwork network() {
    // The numbers of dropout are probabilities to keep.
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(42)
            .weightInit(WeightInit.XAVIER_UNIFORM)
            .updater(new Adam(1e-4))
            .list()
            .layer(lstm())
            .layer(new DropoutLayer(0.8))
            .layer(new LastTimeStep(lstm()))
            .layer(new DropoutLayer(0.9))
            .layer(new DenseLayer.Builder().nOut(32).activation(Activation.RELU).build())
            .layer(new DropoutLayer(0.8))
            .layer(
                new OutputLayer.Builder(LossFunction.SPARSE_MCXENT)
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.recurrent(SIDE, SIDE))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static LSTM lstm() {
    return new LSTM.Builder()
        .nOut(256)
        .activation(Activation.RELU)
        .gateActivationFunction(Activation.SIGMOID)
        .forgetGateBiasInit(1)
        .build();
  }

  /** Trains on the next batch. */
  private void step() {
    if (next + batchSize > order.length) {
      order = random.ints(0, digits.length).distinct().limit(digits.length).toArray();
      next = 0;
    }
    float[][] x = new float[batchSize][];
    float[] y = new float[batchSize];
    for (int row = 0; row < batchSize; row++) {
      x[row] = images[order[next]];
      y[row] = digits[order[next++]];
    }
    network.fit(new DataSet(array(x), Nd4j.create(y, new long[] {batchSize, 1}, 'c')));
  }

  private float[] predict(float[][] x) {
    return network.output(array(x), false).data().asFloat();
  }

  private static INDArray array(float[][] images) {
    float[] values = new float[images.length * SIDE * SIDE];
    for (int n = 0; n < images.length; n++) {
      System.arraycopy(images[n], 0, values, n * SIDE * SIDE, SIDE * SIDE);
    }
    return Nd4j.create(values, new long[] {images.length, SIDE, SIDE}, 'c');
  }

  /** The median time of a call, after warm-up; contestants/common.py has the same. */
  private double secondsEach(Runnable call) {
    call.run();
    long count = 1;
    double elapsed = secondsOf(call, count);
    while (elapsed < seconds / BLOCKS) {
      count *= 2;
      elapsed = secondsOf(call, count);
    }
    count = Math.max(1, Math.round(count * seconds / BLOCKS / elapsed));
    double[] each = new double[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      each[block] = secondsOf(call, count) / count;
    }
    Arrays.sort(each);
    return each[BLOCKS / 2];
  }

  private static double secondsOf(Runnable call, long count) {
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      call.run();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private String line(double step, Map<String, Double> inference) {
    String times =
        inference.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "\"%s\": %.3f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "{\"name\": \"dl4j\", \"version\": \"1.0.0-M2.1, Java %s\", \"training\": {\"batch\": %d,"
            + " \"ms_per_step\": %.4f, \"us_per_sample\": %.3f}, \"inference\": {%s}}",
        System.getProperty("java.version"),
        batchSize,
        step * 1e3,
        step * 1e6 / batchSize,
        times);
  }

  /** An image as DL4J has sequences: features, here columns, before time, here rows. */
  private static float[] image(byte[] pixels, int number) {
    float[] image = new float[SIDE * SIDE];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int pixel = pixels[(number * SIDE + row) * SIDE + column] & 0xff;
        image[column * SIDE + row] = pixel / 255f;
      }
    }
    return image;
  }

  private static byte[] idx(String name, int offset) throws IOException {
    try (InputStream file = Files.newInputStream(MNIST.resolve(name));
        DataInputStream data = new DataInputStream(new GZIPInputStream(file))) {
      data.skipNBytes(offset);
      return data.readAllBytes();
    }
  }
}
