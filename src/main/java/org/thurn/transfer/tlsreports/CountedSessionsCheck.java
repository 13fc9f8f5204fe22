package org.thurn.transfer.tlsreports;

import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreView;
import org.thurn.transfer.reports.DailyCheck;

/** Checks what was counted for TLS reports. */
public final class CountedSessionsCheck implements RoomCheck {
  private final DailyCheck check =
      new DailyCheck(
          TlsCodec.KIND,
          subject -> TlsCodec.policy(subject).domain(),
          row -> TlsCodec.failure(row.octets(), row.count()));

  @Override
  public String kind() {
    return check.kind();
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    check.check(view, partition, to);
  }
}
