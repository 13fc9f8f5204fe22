package org.thurn.campaign;

import java.util.List;

/** One message that a client tries to hand over, and what came of it. */
final class Attempt {
  /** What the client knows. */
  enum Fate {
    /** The server never had the end of it: nobody may ever see it. */
    NOT_SENT,
    /** The server died between the last octet and its reply. */
    UNKNOWN,
    REFUSED,
    ACKNOWLEDGED
  }

  /** Where a recipient leads, and what its next hop is to do. */
  enum Kind {
    LOCAL,
    /** Taken at once. */
    TAKEN,
    /** Taken after a pause, so that a kill finds it in flight. */
    SLOW,
    /** Deferred once, then taken. */
    LATE,
    /** The next hop hangs up once after the data, without a reply, then takes it. */
    DROPPED,
    /** Refused by the next hop for good. */
    REFUSED_THERE;

    boolean isTakenThere() {
      return this != LOCAL && this != REFUSED_THERE;
    }
  }

  /**
   * One recipient.
   *
   * @param wishes the value of NOTIFY, or nothing
   */
  record Addressee(String address, Kind kind, String wishes) {
    boolean wants(String word) {
      return wishes.contains(word);
    }
  }

  final String id;
  final String sender;
  final List<Addressee> to;
  final String hash;
  private volatile Fate fate = Fate.NOT_SENT;

  Attempt(String id, String sender, List<Addressee> to, String hash) {
    this.id = id;
    this.sender = sender;
    this.to = List.copyOf(to);
    this.hash = hash;
  }

  Fate fate() {
    return fate;
  }

  void become(Fate known) {
    fate = known;
  }

  boolean acknowledged() {
    return fate == Fate.ACKNOWLEDGED;
  }

  /** Whether it may be anywhere at all. */
  boolean possible() {
    return fate == Fate.ACKNOWLEDGED || fate == Fate.UNKNOWN;
  }

  @Override
  public String toString() {
    return id + " (" + fate + ")";
  }
}
