package org.thurn.transfer.reports;

import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreView;

/** Checks what was counted for DMARC's reports. */
public final class CountedCheck implements RoomCheck {
  private final DailyCheck check =
      new DailyCheck(
          CountedCodec.KIND,
          subject -> CountedCodec.subject(subject).policy().domain(),
          CountedCodec::record);

  @Override
  public String kind() {
    return check.kind();
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    check.check(view, partition, to);
  }
}
