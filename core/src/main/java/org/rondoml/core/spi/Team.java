package org.rondoml.core.spi;

import java.util.function.IntConsumer;

/**
 * The threads that may work on one shard together. There are several where a batch is a single
 * shard, as in predicting sample by sample; else each shard has one.
 */
public interface Team {
  /** One thread. */
  Team SOLO =
      new Team() {
        @Override
        public int size() {
          return 1;
        }

        @Override
        public void run(IntConsumer part) {
          part.accept(0);
        }

        @Override
        public void await() {}
      };

  /** The number of threads. */
  int size();

  /** Runs parts 0 to size-1 at once, each on a thread of its own; returns when all are done. */
  void run(IntConsumer part);

  /** To be called by every part: waits until all have called it. */
  void await();
}
