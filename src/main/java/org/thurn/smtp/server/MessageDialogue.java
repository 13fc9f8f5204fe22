package org.thurn.smtp.server;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.net.Connection;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.Command;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Verdict;
import org.thurn.store.StoreException;

/** DATA and BDAT: how a message comes, and what is answered to it. */
final class MessageDialogue {
  private static final int BLOCK = 16 * 1024;

  private final SmtpServerSettings settings;
  private final Connection connection;
  private final ReplyWriter replies;

  MessageDialogue(SmtpServerSettings settings, Connection connection, ReplyWriter replies) {
    this.settings = settings;
    this.connection = connection;
    this.replies = replies;
  }

  /** What became of the transaction. */
  enum Outcome {
    /** It goes on, or never began. */
    OPEN,
    /** It is over, and nothing of it was accepted. */
    REFUSED,
    /** It is over; at least one recipient was accepted. */
    ACCEPTED
  }

  /** RFC 5321 §4.1.1.4. */
  Outcome data(Optional<Transaction> current, Receiver.Conversation conversation)
      throws IOException {
    Optional<Reply> refusal = dataRefusal(current);
    if (refusal.isPresent()) {
      replies.sendNow(refusal.get());
      return Outcome.OPEN;
    }
    Optional<Reception> opened = open(conversation);
    if (opened.isEmpty()) {
      replies.flush();
      return Outcome.REFUSED;
    }
    Reception reception = opened.get();
    boolean complete = false;
    try {
      replies.sendNow(Replies.START);
      new DotStuffedReader(reception).read(connection, settings.dataTimeout());
      complete = true;
    } finally {
      if (!complete) {
        reception.abort();
      }
    }
    return finish(current.get(), reception);
  }

  private Optional<Reply> dataRefusal(Optional<Transaction> current) {
    if (current.isEmpty()) {
      return Optional.of(Replies.MAIL_FIRST);
    }
    Transaction transaction = current.get();
    // RFC 3030 §2: DATA and BDAT do not mix
    if (transaction.chunks().isPresent() || transaction.failed()) {
      return Optional.of(Replies.CHUNKS_BEGUN);
    }
    // RFC 3030 §3
    if (transaction.parameters().body() == BodyType.BINARY_MIME) {
      return Optional.of(Replies.BINARY_NEEDS_BDAT);
    }
    return transaction.messageRefusal(settings.protocol());
  }

  /** RFC 3030 §2: the chunk's octets follow whatever is answered, and are taken off the wire. */
  Outcome bdat(
      Command.Bdat chunk, Optional<Transaction> current, Receiver.Conversation conversation)
      throws IOException {
    Optional<Reply> refusal = chunkRefusal(current);
    Optional<Reception> reception = Optional.empty();
    if (refusal.isEmpty()) {
      reception = current.get().chunks();
      reception = reception.isPresent() ? reception : open(conversation);
    }
    if (connection.reader().buffered() < chunk.octets()) {
      replies.flush();
    }
    if (reception.isEmpty()) {
      take(chunk.octets(), new Reception(Dropped.INSTANCE, settings.maxMessageOctets()));
      if (refusal.isPresent()) {
        replies.send(refusal.get());
      }
      current.ifPresent(Transaction::fail);
      return Outcome.OPEN;
    }
    Transaction transaction = current.get();
    transaction.chunks(reception.get());
    take(chunk.octets(), reception.get());
    if (chunk.last()) {
      return finish(transaction, reception.get());
    }
    if (reception.get().isTooBig()) {
      transaction.fail();
      replies.send(Replies.TOO_BIG);
    } else {
      replies.send(Replies.chunk(chunk.octets(), transaction.id()));
    }
    return Outcome.OPEN;
  }

  private Optional<Reply> chunkRefusal(Optional<Transaction> current) {
    if (current.isEmpty()) {
      return Optional.of(Replies.MAIL_FIRST);
    }
    return current.get().failed()
        ? Optional.of(Replies.CHUNK_FAILED)
        : current.get().messageRefusal(settings.protocol());
  }

  private void take(long octets, Reception reception) throws IOException {
    connection.readTimeout(settings.dataTimeout());
    long left = octets;
    byte[] block = new byte[(int) Math.min(BLOCK, octets)];
    while (left > 0) {
      connection.deadline(settings.dataTimeout());
      int wanted = (int) Math.min(block.length, left);
      int filled = 0;
      while (filled < wanted) {
        int count = connection.reader().read(block, filled, wanted - filled);
        if (count < 0) {
          throw new EOFException("the client left within a chunk");
        }
        filled += count;
      }
      reception.write(block, 0, wanted);
      left -= wanted;
    }
  }

  /** Asks where the message goes; empty if the receiver cannot, which is then answered. */
  private Optional<Reception> open(Receiver.Conversation conversation) throws IOException {
    Verdict.Defer refusal;
    try {
      return Optional.of(new Reception(conversation.data(), settings.maxMessageOctets()));
    } catch (IOException e) {
      refusal = new Verdict.Defer(Replies.STORE_FAILED, String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      refusal = Stores.verdict(e);
    }
    replies.tell("data", refusal);
    return Optional.empty();
  }

  private Outcome finish(Transaction transaction, Reception reception) throws IOException {
    // RFC 2033 §4.2: LMTP answers for each accepted recipient, SMTP once
    boolean each = settings.protocol() == Protocol.LMTP;
    List<Verdict> verdicts = reception.finish(each ? transaction.recipients() : 1);
    for (Verdict verdict : verdicts) {
      replies.tell("message", verdict);
    }
    replies.flush();
    return verdicts.stream().anyMatch(Verdict::accepted) ? Outcome.ACCEPTED : Outcome.REFUSED;
  }
}
