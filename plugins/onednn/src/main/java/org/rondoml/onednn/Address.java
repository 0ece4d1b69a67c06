package org.rondoml.onednn;

import org.bytedeco.javacpp.Pointer;

/** A pointer that can be pointed elsewhere, so that a run allocates nothing. It owns nothing. */
final class Address extends Pointer {
  void set(long address) {
    this.address = address;
  }
}
