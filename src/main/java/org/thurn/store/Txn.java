package org.thurn.store;

import java.util.List;
import java.util.Optional;

/** One update of one partition, all or nothing. Reads see the update's own writes. */
public interface Txn {
  Optional<byte[]> get(byte[] key);

  /** As {@link Snapshot#scan}, with this update's writes. */
  List<Snapshot.Pair> scan(byte[] from, byte[] to, int limit, boolean reverse);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /** Makes the staged body part of this commit, held by {@code holder}. */
  void attach(Staged staged, String holder);

  /** One more holder of a stored body, in the same commit. */
  void hold(BodyId body, String holder);

  /** One holder less; a body without holders is collected later. */
  void release(BodyId body, String holder);
}
