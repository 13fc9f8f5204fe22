package org.thurn.smtp.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.RecipientResult.Refused;
import org.thurn.smtp.client.RecipientResult.Taken;
import org.thurn.smtp.client.RecipientResult.Unknown;
import org.thurn.smtp.client.Transaction.Addressee;

/** MAIL, RCPT and the message: RFC 5321 §3.3, in groups where the server pipelines (RFC 2920). */
final class MailTransaction {
  /** RFC 2920 §3.1: a group must fit the send window, or both sides wait for each other. */
  private static final int GROUP = 25;

  private final Dialogue dialogue;
  private final Timeouts timeouts;
  private final Transaction transaction;
  private final Commands commands;
  private final boolean pipelining;
  private final boolean chunking;
  private final List<Reply> recipients = new ArrayList<>();
  private Optional<Reply> mail = Optional.empty();
  private Optional<Reply> data = Optional.empty();
  private boolean lost;

  MailTransaction(
      Dialogue dialogue, Timeouts timeouts, Extensions extensions, Transaction transaction) {
    this.dialogue = dialogue;
    this.timeouts = timeouts;
    this.transaction = transaction;
    this.commands = new Commands(extensions);
    this.pipelining = extensions.offers(Extension.PIPELINING);
    this.chunking = transaction.parameters().body() == BodyType.BINARY_MIME;
  }

  /** Whether the server said 421 or fell silent: the connection is over. */
  boolean lost() {
    return lost;
  }

  List<RecipientResult> run() throws IOException {
    envelope();
    Reply mailReply = mail.orElseThrow();
    if (!completed(mailReply)) {
      endUnwantedData();
      return transaction.addressees().stream()
          .map(_ -> (RecipientResult) new Refused("MAIL", mailReply))
          .toList();
    }
    if (lost) {
      return each("RCPT", recipients.getLast());
    }
    if (recipients.stream().noneMatch(MailTransaction::completed)) {
      endUnwantedData();
      return each("RCPT", recipients.getLast());
    }
    return chunking ? bdat() : data();
  }

  private void envelope() throws IOException {
    dialogue.send(commands.mail(transaction));
    if (!pipelining) {
      mailReply();
    }
    List<Addressee> all = transaction.addressees();
    int group = pipelining ? GROUP : 1;
    for (int start = 0; start < all.size() && goesOn(); start += group) {
      List<Addressee> some = all.subList(start, Math.min(start + group, all.size()));
      for (Addressee addressee : some) {
        String command = commands.rcpt(addressee);
        dialogue.send(command, command, dialogue.journey().about(addressee.address()));
      }
      boolean withData = pipelining && !chunking && start + some.size() == all.size();
      if (withData) {
        dialogue.send("DATA");
      }
      dialogue.out().flush();
      replies(some, withData);
    }
  }

  private boolean goesOn() {
    return !lost && mail.map(MailTransaction::completed).orElse(true);
  }

  private void mailReply() throws IOException {
    dialogue.out().flush();
    Reply reply = dialogue.read(timeouts.mail(), dialogue.journey());
    lost = reply.code() == 421;
    mail = Optional.of(reply);
  }

  private void replies(List<Addressee> some, boolean withData) throws IOException {
    if (mail.isEmpty()) {
      mailReply();
    }
    for (Addressee addressee : some) {
      if (!lost) {
        Reply reply = dialogue.read(timeouts.rcpt(), dialogue.journey().about(addressee.address()));
        lost = reply.code() == 421; // RFC 5321 §3.8: it may come at any time, and ends all
        recipients.add(reply);
      }
    }
    if (withData && !lost) {
      data = Optional.of(dialogue.read(timeouts.dataInitiation(), dialogue.journey()));
    }
  }

  /** RFC 2920 §3.1: a 354 to a pipelined DATA that has no recipient is ended at once. */
  private void endUnwantedData() throws IOException {
    if (data.isPresent() && data.get().code() == 354) {
      dialogue.send(".");
      dialogue.flushAndRead(timeouts.dataTermination());
    }
  }

  private List<RecipientResult> data() throws IOException {
    if (data.isEmpty()) {
      data = Optional.of(dialogue.command("DATA", timeouts.dataInitiation()));
    }
    Reply reply = data.get();
    if (reply.code() != 354) {
      lost = reply.code() == 421;
      return each("DATA", reply);
    }
    DotStuffing out = new DotStuffing(dialogue.out());
    transaction.content().writeTo(out);
    dialogue.journey().note(new Event.CommandSent("."));
    out.finish();
    return ended(".");
  }

  private List<RecipientResult> bdat() throws IOException {
    Chunks out = new Chunks(dialogue, timeouts);
    transaction.content().writeTo(out);
    Optional<Reply> refused = out.finish();
    lost = refused.map(reply -> reply.code() == 421).orElse(false);
    return refused.isPresent() ? each("BDAT", refused.get()) : ended("BDAT");
  }

  /** From here on the server may have taken the message, whatever happens to its reply. */
  private List<RecipientResult> ended(String command) {
    try {
      Reply reply = dialogue.read(timeouts.dataTermination(), dialogue.journey());
      lost = reply.code() == 421;
      return each(command, reply);
    } catch (IOException e) {
      lost = true;
      String reason = "no reply after the message was sent: " + e.getMessage();
      return recipients.stream()
          .map(r -> completed(r) ? new Unknown(reason) : new Refused("RCPT", r))
          .map(RecipientResult.class::cast)
          .toList();
    }
  }

  /** {@code reply} for those whose RCPT was accepted, their own for the others. */
  private List<RecipientResult> each(String command, Reply reply) {
    boolean taken = completed(reply) && (".".equals(command) || "BDAT".equals(command));
    List<RecipientResult> results = new ArrayList<>();
    for (int i = 0; i < transaction.addressees().size(); i++) {
      // after a 421 those that were not answered share its fate
      Reply own = i < recipients.size() ? recipients.get(i) : recipients.getLast();
      if (completed(own)) {
        results.add(taken ? new Taken(reply) : new Refused(command, reply));
      } else {
        results.add(new Refused("RCPT", own));
      }
    }
    return results;
  }

  private static boolean completed(Reply reply) {
    return reply.code() / 100 == 2;
  }
}
