package org.thurn.store.rocksdb;

import org.jspecify.annotations.Nullable;

/** One write of a batch; without a value it is a deletion. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Row(Family family, byte[] key, byte @Nullable [] value) {
  int size() {
    return key.length + (value == null ? 0 : value.length) + 16;
  }
}
