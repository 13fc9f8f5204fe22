package org.thurn.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks the journal: every block is readable, and the index leads to it. */
public final class JournalCheck implements RoomCheck {
  @Override
  public String kind() {
    return Blocks.PARTITION.kind();
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new Walk(view.read(partition), new PartitionReport(partition, to)).run();
  }

  /** One walk through the journal. */
  private static final class Walk {
    private static final int BLOCKS = 16;
    private static final int PAGE = 1_000;

    /** Entries of one moment may stand in neighbouring blocks in any order. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final Snapshot rows;
    private final PartitionReport report;
    private final BlockReader reader = new BlockReader();
    private Optional<EventId> wholeSince = Optional.empty();
    private long leads;

    Walk(Snapshot rows, PartitionReport report) {
      this.rows = rows;
      this.report = report;
    }

    void run() {
      report.onlyKinds(rows, "aemqs");
      for (RowWalk blocks = walk('e', BLOCKS); blocks.hasNext(); ) {
        report.looked();
        block(blocks.next());
      }
      long found = count('q') + count('s');
      if (found != leads) {
        strays('q');
        strays('s');
      }
      malformed('a');
      malformed('m');
    }

    private RowWalk walk(char kind, int page) {
      return new RowWalk(rows, new byte[] {(byte) kind}, new byte[] {(byte) (kind + 1)}, page);
    }

    private long count(char kind) {
      long count = 0;
      for (RowWalk walk = walk(kind, PAGE); walk.hasNext(); walk.next()) {
        report.looked();
        count++;
      }
      return count;
    }

    private void block(Pair pair) {
      Optional<EventId> id = id(pair.key(), 1);
      if (id.isEmpty()) {
        report.stray(Finding.shown(pair.key()), "not the key of a block");
        return;
      }
      String key = "e " + id.get();
      List<Entry> entries;
      try {
        entries = reader.entries(pair.value());
      } catch (DamagedBlockException e) {
        report.unreadable(key, String.valueOf(e.getMessage()));
        leads = Long.MIN_VALUE / 2; // what led to it is not known: the index is looked through
        return;
      }
      if (wholeSince.isEmpty() && !entries.isEmpty()) {
        wholeSince = Optional.of(Ids.firstAt(entries.getFirst().time().plus(OVERLAP)));
      }
      if (entries.isEmpty() || !entries.getFirst().id().equals(id.get())) {
        report.differs(key, "its first entry is not the one in its key");
      }
      Index.keys(id.get(), entries).forEach(index -> index(key, index));
    }

    private void index(String block, byte[] index) {
      boolean toBlock = index[0] == 'q' || index[0] == 's';
      leads += toBlock ? 1 : 0;
      // what leads to a message goes with the first block that has it, and some may be left
      boolean young =
          wholeSince.filter(since -> since.text().compareTo(Index.target(index)) <= 0).isPresent();
      if ((toBlock || young) && rows.get(index).isEmpty()) {
        report.missing(Finding.shown(index), "the index of block " + block + " lacks it");
      }
    }

    private void strays(char kind) {
      for (RowWalk walk = walk(kind, PAGE); walk.hasNext(); ) {
        byte[] key = walk.next().key();
        Optional<EventId> target = id(key, Math.max(1, key.length - 13));
        if (target.isEmpty()) {
          report.stray(Finding.shown(key), "it leads to no id");
        } else if (rows.get(Index.block(target.get())).isEmpty()) {
          report.stray(Finding.shown(key), "the block that it leads to is not there");
        }
      }
    }

    private void malformed(char kind) {
      for (RowWalk walk = walk(kind, PAGE); walk.hasNext(); ) {
        byte[] key = walk.next().key();
        report.looked();
        if (id(key, Math.max(1, key.length - 13)).isEmpty()) {
          report.stray(Finding.shown(key), "it leads to no id");
        }
      }
    }

    private static Optional<EventId> id(byte[] key, int at) {
      String text = new String(Arrays.copyOfRange(key, at, Math.max(at, key.length)), UTF_8);
      return Ids.wellFormed(text) ? Optional.of(new EventId(text)) : Optional.empty();
    }
  }
}
