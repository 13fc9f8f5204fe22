package org.thurn.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thurn.store.Durability;
import org.thurn.store.Partition;

class PartitionStateTest {
  private static final byte[] KEY = {'k'};

  private final PartitionState state = new PartitionState(new Partition("account", "a"));

  private Pending pending(long version, String value) {
    Map<byte[], PartitionState.Entry> writes = new TreeMap<>(Arrays::compareUnsigned);
    writes.put(KEY, new PartitionState.Entry(Keys.utf8(value)));
    return new Pending(
        state, 0, version, Durability.RELAXED, writes, List.of(), Set.of(), List.of());
  }

  @Test
  void overlayKeepsAWriteUntilTheCommitThatMadeItIsDurable() {
    Pending first = pending(1, "1");
    Pending second = pending(2, "2");
    state.add(first);
    state.add(second);
    state.durable(first);
    assertThat(state.overlay()).containsOnlyKeys(KEY);
    assertThat(state.overlay().firstEntry().getValue().value).isEqualTo(Keys.utf8("2"));
    state.durable(second);
    assertThat(state.overlay()).isEmpty();
  }

  @Test
  void overlayOfAnEarlierGenerationIsForgotten() {
    assertThat(state.begin(0, () -> 7)).isEqualTo(7);
    state.add(pending(8, "1"));
    assertThat(state.begin(0, () -> 7)).isEqualTo(8);
    assertThat(state.begin(1, () -> 7)).isEqualTo(7);
    assertThat(state.overlay()).isEmpty();
    assertThat(state.last()).isNull();
  }
}
