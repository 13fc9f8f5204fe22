package org.thurn.access.imap;

import java.util.Arrays;
import org.thurn.mailbox.UidSet;

/** A set of UIDs that is asked for many of them: binary search. */
final class UidRanges {
  private final long[] firsts;
  private final long[] lasts;

  UidRanges(UidSet uids) {
    firsts = uids.ranges().stream().mapToLong(UidSet.Range::first).toArray();
    lasts = uids.ranges().stream().mapToLong(UidSet.Range::last).toArray();
  }

  boolean contains(long uid) {
    int found = Arrays.binarySearch(firsts, uid);
    int place = found >= 0 ? found : -found - 2;
    return place >= 0 && uid <= lasts[place];
  }
}
