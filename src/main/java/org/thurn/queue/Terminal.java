package org.thurn.queue;

/** The terminal states of a recipient (S3). The order is part of the rows' format: append only. */
enum Terminal {
  STORED,
  RELAYED,
  BOUNCED,
  EXPIRED,
  DISCARDED
}
