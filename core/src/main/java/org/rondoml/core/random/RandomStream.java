package org.rondoml.core.random;

/**
 * A stream of random numbers that is a function of its key alone: no state is shared, and a stream
 * of the same key gives the same numbers on any machine, thread or day.
 *
 * <p>The n-th number is the n-th output of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014) started from the key: the mixing function of a
 * counter. Keys are derived by mixing in what distinguishes the streams: {@code
 * RandomStream.of(seed).derive("dropout").derive(step).derive(shard)}.
 */
public final class RandomStream {
  /** From one number's argument of {@link #mix} to the next: 2⁶⁴ over the golden ratio. */
  public static final long GAMMA = 0x9E3779B97F4A7C15L;

  private final long key;
  private long counter;

  private RandomStream(long key) {
    this.key = key;
  }

  /** The stream of a seed. */
  public static RandomStream of(long seed) {
    return new RandomStream(mix(seed + GAMMA));
  }

  /**
   * Another stream, from its start, that depends on this one's key and the number, not on what was
   * drawn.
   */
  public RandomStream derive(long number) {
    return new RandomStream(mix(key ^ mix(number * GAMMA + 0x632BE59BD9B4E019L)));
  }

  /** Another stream, from its start, that depends on this one's key and the name. */
  public RandomStream derive(String name) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
    }
    return derive(hash);
  }

  /** The next 64 random bits. */
  public long nextLong() {
    return at(counter++);
  }

  /**
   * Skips numbers and tells where they start: the i-th of them, counted from 1, is the {@linkplain
   * #mix mix} of start + i · {@link #GAMMA}. For loops that draw several at once.
   */
  public long skip(int count) {
    long start = key + counter * GAMMA;
    counter += count;
    return start;
  }

  /** The n-th 64 random bits of this stream, whatever has been drawn before. */
  public long at(long n) {
    return mix(key + (n + 1) * GAMMA);
  }

  /** The next number, uniform in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** The next whole number, uniform in [0, bound). */
  public long nextBelow(long bound) {
    // The high half of a 128-bit product is uniform but for a bias below 2^-53 at any bound met
    // here.
    return Math.multiplyHigh(nextLong() >>> 1, bound << 1);
  }

  /** The next number of the standard normal distribution, by the method of Box and Muller. */
  public double nextGaussian() {
    double u = 1.0 - nextDouble();
    double v = nextDouble();
    return Math.sqrt(-2.0 * Math.log(u)) * Math.cos(2.0 * Math.PI * v);
  }

  /** SplitMix64's mixing of an argument. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
