package org.rondoml.datasets.text;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.io.ArrayBytes;
import org.rondoml.core.io.DataFiles;

/**
 * Cuts the numbers of a text's tokens into samples.
 *
 * @param length tokens of a sample
 * @param stride tokens from the start of one sample to that of the next
 * @param targets what is to be predicted
 */
record Windows(int length, int stride, Targets targets) {
  /** How many tokens a sample and its target take. */
  int needed() {
    return length + 1;
  }

  /** The inputs of shape (samples, length). */
  INDArray inputs(int[] numbers, String where) {
    return pieces(numbers, 0, length, where);
  }

  /** The targets of shape (samples, length), or (samples). */
  INDArray targets(int[] numbers, String where) {
    return switch (targets) {
      case EVERY_STEP -> pieces(numbers, 1, length, where);
      case LAST_STEP -> {
        INDArray column = pieces(numbers, length, 1, where);
        yield column.reshape(column.size(0));
      }
    };
  }

  /** What stands some tokens after the start of each sample. */
  private INDArray pieces(int[] numbers, int after, int count, String where) {
    int[] starts =
        IntStream.iterate(0, start -> start + needed() <= numbers.length, start -> start + stride)
            .toArray();
    INDArray array =
        DataFiles.allocate(DataType.INT32, new long[] {starts.length, count}, 'c', where);
    ArrayBytes bytes = ArrayBytes.of(array);
    int row = count * Integer.BYTES;
    for (int sample = 0; sample < starts.length; sample++) {
      bytes
          .piece((long) sample * row, row)
          .asIntBuffer()
          .put(numbers, starts[sample] + after, count);
    }
    return array;
  }
}
