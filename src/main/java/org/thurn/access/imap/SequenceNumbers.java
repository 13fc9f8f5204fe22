package org.thurn.access.imap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurn.mailbox.UidSet;

/**
 * The UIDs of a mailbox in order; the sequence number is the place, from 1. Four octets a message:
 * a UID has 32 bits, compared without sign.
 */
final class SequenceNumbers {
  private int[] uids = new int[0];
  private int count;
  private long next = 1;

  int count() {
    return count;
  }

  /** Higher than every UID that was ever added. */
  long next() {
    return next;
  }

  /** The UID of a number between 1 and {@link #count}. */
  long uid(int number) {
    return Integer.toUnsignedLong(uids[number - 1]);
  }

  /** The number of a UID, or 0. */
  int number(long uid) {
    int place = place(uid);
    return place < count && uid(place + 1) == uid ? place + 1 : 0;
  }

  /** How many UIDs are lower. */
  private int place(long uid) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (uid(middle + 1) < uid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds UIDs that are higher than all before, in order. */
  void add(long[] more) {
    if (count + more.length > uids.length) {
      int room = count == 0 ? more.length : (count + more.length) * 5 / 4 + 16;
      uids = Arrays.copyOf(uids, room);
    }
    for (long uid : more) {
      uids[count++] = (int) uid;
      next = uid + 1;
    }
  }

  /**
   * Removes UIDs.
   *
   * @return the numbers to tell, each as it is after those before it went
   */
  List<Integer> remove(UidSet gone) {
    List<Integer> numbers = new ArrayList<>();
    int kept = 0;
    int from = 0;
    for (UidSet.Range range : gone.ranges()) {
      int first = place(range.first());
      int last = place(range.last() + 1);
      System.arraycopy(uids, from, uids, kept, first - from);
      kept += first - from;
      from = last;
      for (int i = first; i < last; i++) {
        numbers.add(kept + 1);
      }
    }
    System.arraycopy(uids, from, uids, kept, count - from);
    count = kept + count - from;
    return numbers;
  }

  /** The numbers of UIDs, as a set of numbers. */
  UidSet numbers(UidSet some) {
    List<UidSet.Range> numbers = new ArrayList<>();
    for (UidSet.Range range : some.ranges()) {
      int first = place(range.first()) + 1;
      int last = place(range.last() + 1);
      if (first <= last) {
        numbers.add(new UidSet.Range(first, last));
      }
    }
    return new UidSet(numbers);
  }

  /** The first {@code most} UIDs here that are among {@code some}. */
  UidSet first(int most, UidSet some) {
    List<UidSet.Range> found = new ArrayList<>();
    int left = most;
    for (UidSet.Range range : some.ranges()) {
      int first = place(range.first()) + 1;
      int last = Math.min(place(range.last() + 1), first + left - 1);
      if (first <= last) {
        found.add(new UidSet.Range(uid(first), uid(last)));
        left -= last - first + 1;
      }
      if (left == 0) {
        break;
      }
    }
    return new UidSet(found);
  }

  /** Those that are not among {@code present}, which is in order. */
  UidSet without(long[] present) {
    List<Long> gone = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      if (Arrays.binarySearch(present, uid(number)) < 0) {
        gone.add(uid(number));
      }
    }
    return UidSet.of(gone);
  }
}
