package org.thurn.smtp.server;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.QueueId;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.Reply;

/** What stands between MAIL and the end of its message. */
final class Transaction {
  private final QueueId id;
  private final MailParameters parameters;
  private int attempted;
  private int accepted;
  private @Nullable Reception chunks;
  private boolean failed;

  Transaction(QueueId id, MailParameters parameters) {
    this.id = id;
    this.parameters = parameters;
  }

  QueueId id() {
    return id;
  }

  MailParameters parameters() {
    return parameters;
  }

  void attempted() {
    attempted++;
  }

  void accepted() {
    accepted++;
  }

  /** How many recipients were accepted. */
  int recipients() {
    return accepted;
  }

  /** RFC 5321 §3.3 and RFC 2033 §4.2: why no message may come, if so. */
  Optional<Reply> messageRefusal(Protocol protocol) {
    if (accepted > 0) {
      return Optional.empty();
    }
    boolean allRefused = attempted > 0 && protocol != Protocol.LMTP;
    return Optional.of(allRefused ? Replies.NO_RECIPIENTS : Replies.RCPT_FIRST);
  }

  /** The message that comes in chunks, once the first came. */
  Optional<Reception> chunks() {
    return Optional.ofNullable(chunks);
  }

  void chunks(Reception reception) {
    chunks = reception;
  }

  /** A chunk failed: RFC 3030 §2 has all that follow fail too. */
  void fail() {
    failed = true;
  }

  boolean failed() {
    return failed;
  }

  void abort() {
    if (chunks != null) {
      chunks.abort();
      chunks = null;
    }
  }
}
