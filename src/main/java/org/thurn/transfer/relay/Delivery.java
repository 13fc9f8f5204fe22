package org.thurn.transfer.relay;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.name.Mailbox;
import org.thurn.queue.Envelope;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.smtp.RcptParameters;
import org.thurn.smtp.Reply;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.RecipientResult;
import org.thurn.smtp.client.RecipientResult.Refused;
import org.thurn.smtp.client.RecipientResult.Taken;
import org.thurn.smtp.client.RecipientResult.Unknown;
import org.thurn.smtp.client.Transaction;
import org.thurn.transfer.relay.OutgoingMessage.Form;

/** One message to one server that is ready for it, in as many transactions as its limits ask. */
final class Delivery {
  private final Peer peer;
  private final Envelope envelope;
  private final OutgoingMessage message;
  private final RelaySettings.Limits limits;
  private final Map<Recipient, Outcome> outcomes = new HashMap<>();
  private Optional<Outcome> unanswered = Optional.empty();

  Delivery(Peer peer, Envelope envelope, OutgoingMessage message, RelaySettings.Limits limits) {
    this.peer = peer;
    this.envelope = envelope;
    this.message = message;
    this.limits = limits;
  }

  /** What recipients got so far. */
  Map<Recipient, Outcome> outcomes() {
    return outcomes;
  }

  /** What those get who found no answer here and whom no other server answers. */
  Optional<Outcome> unanswered() {
    return unanswered;
  }

  /** One transaction, or what spares it; true if somebody is left whom the server may yet take. */
  boolean next(List<Recipient> waiting) throws IOException {
    boolean utf8Sender = !envelope.sender().mailbox().map(Mailbox::isAscii).orElse(true);
    // RFC 6531 §3.5: who needs no SMTPUTF8 does not wait for, nor fail with, who does
    boolean utf8 = utf8Sender || !waiting.getFirst().address().isAscii();
    int most = peer.recipients(limits.recipients());
    List<Recipient> some =
        waiting.stream()
            .filter(r -> utf8Sender || r.address().isAscii() != utf8)
            .limit(most)
            .toList();
    switch (message.form(peer.client().extensions(), utf8)) {
      case Form.Unsendable(var status, String reason) ->
          some.forEach(
              r ->
                  outcomes.put(
                      r, new Outcome.Failed(status, reason, Optional.of(peer.name().host()))));
      case Form.Sendable sendable -> transact(some, sendable);
    }
    return unanswered.isEmpty() && !outcomes.keySet().containsAll(waiting);
  }

  private void transact(List<Recipient> some, Form.Sendable form) throws IOException {
    List<Transaction.Addressee> addressees =
        some.stream()
            .map(
                r ->
                    new Transaction.Addressee(
                        r.address(), new RcptParameters(r.notifyOn(), r.orcpt())))
            .toList();
    List<RecipientResult> results =
        peer.client()
            .send(
                new Transaction(envelope.sender(), form.parameters(), addressees, form.content()));
    boolean taken = results.stream().anyMatch(Taken.class::isInstance);
    for (int i = 0; i < some.size(); i++) {
      settle(some.get(i), results.get(i), taken);
    }
  }

  private void settle(Recipient recipient, RecipientResult result, boolean othersTaken) {
    switch (result) {
      case Taken(Reply reply) ->
          outcomes.put(
              recipient,
              new Outcome.Relayed(
                  peer.name().host(),
                  peer.name().address(),
                  Outcomes.words(reply),
                  peer.offers(Extension.DSN)));
      case Unknown(String reason) ->
          // another server now would double it for sure; a later attempt only perhaps (RFC 1047)
          outcomes.put(recipient, Outcomes.deferred("4.4.2", reason, peer.name()));
      case Refused refused -> settle(recipient, refused, othersTaken);
    }
  }

  private void settle(Recipient recipient, Refused refused, boolean othersTaken) {
    Reply reply = refused.reply();
    boolean rcpt = "RCPT".equals(refused.command());
    if (reply.code() == 421 || ("MAIL".equals(refused.command()) && !reply.isPermanent())) {
      unanswered = Optional.of(Outcomes.later(reply, peer.name())); // another host may be better
    } else if (rcpt && (reply.code() == 452 || reply.code() == 552)) {
      // RFC 5321 §4.5.3.1.10: too many at once, 552 being its old form; the rest go in another
      // transaction, unless this one took nobody
      if (!othersTaken) {
        outcomes.put(recipient, Outcomes.later(reply, peer.name()));
      }
    } else {
      outcomes.put(recipient, Outcomes.refused(reply, peer.name()));
    }
  }
}
