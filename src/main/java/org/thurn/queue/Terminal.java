package org.thurn.queue;

/** The terminal states of a recipient (S3). Names and numbers are part of the rows' format. */
enum Terminal {
  STORED(0),
  RELAYED(1),
  BOUNCED(2),
  EXPIRED(3),
  DISCARDED(4);

  private final int number;

  Terminal(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
