package org.thurn.journal;

/** What kind of value follows; the octets are the format's. */
enum Tag {
  TEXT('t'),
  NUMBER('n'),
  TRUE('1'),
  FALSE('0'),
  INSTANT('i'),
  DURATION('d'),
  MAILBOX('m'),
  PATH('p'),
  NULL_PATH('<'),
  DOMAIN('h'),
  QUEUE_ID('q'),
  EMPTY('-'),
  PRESENT('+'),
  LIST('l');

  private final char octet;

  Tag(char octet) {
    this.octet = octet;
  }

  int octet() {
    return octet;
  }
}
