package org.thurn.lab.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.mailbox.Content;
import org.thurn.mailbox.MailboxName;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.client.RecipientResult;
import org.thurn.user.MailReader;

/**
 * A program reads a message out of the mailbox where it came, does something with it and sends it
 * on from its own host: a mailing list, or a thief.
 *
 * @param carrier to whom the author writes
 * @param program in whose mailbox that arrives
 * @param recipient to whom the program sends it on
 */
record Carried(
    About about,
    Mailbox author,
    Signature signature,
    Mailbox carrier,
    Mailbox program,
    List<Treatment> treatments,
    Mailbox recipient)
    implements Scenario {
  Carried {
    treatments = List.copyOf(treatments);
  }

  @Override
  public List<Domain> way() {
    return List.of(
        author.domain().orElseThrow(),
        carrier.domain().orElseThrow(),
        recipient.domain().orElseThrow());
  }

  @Override
  public void play(Cast cast, String messageId) throws IOException {
    Letter letter = Scenario.letter(cast, messageId, author, carrier);
    Scenario.fromHome(cast, signature.on(letter, cast.keys(), cast.time()), author, carrier);
    sendOn(cast, read(cast, messageId));
  }

  private Letter read(Cast cast, String messageId) throws IOException {
    Actor here = cast.of(program);
    Event.Stored stored =
        cast.await(
            () -> cast.noted(here, messageId, Event.Stored.class), program + " to get the message");
    Content content =
        new MailReader(here.inside().mail().account(program))
            .content(MailboxName.of(stored.mailbox()), stored.uid())
            .orElseThrow(() -> new IOException("somebody took the message away"));
    try (InputStream in = content.open()) {
      return Letter.read(in.readAllBytes()).without("Return-Path").without("Delivered-To");
    }
  }

  private void sendOn(Cast cast, Letter came) throws IOException {
    Actor here = cast.of(program);
    Actor there = cast.of(recipient);
    Letter letter = came;
    for (Treatment treatment : treatments) {
      letter = treatment.on(letter, here, cast);
    }
    Mailbox sender =
        treatments.contains(Treatment.REWRITTEN_SENDER)
            ? cast.rewriting().rewritten(author, here.domain(), cast.time().now())
            : author;
    RecipientResult result =
        cast.courier()
            .carry(new Courier.Trip(here, there, ReversePath.of(sender), recipient), letter);
    note(here.inside().journey(), came.messageId(), there, result);
  }

  /** The program's own end of it: it does not queue, and tells nobody. */
  private void note(Journey house, String messageId, Actor there, RecipientResult result) {
    Journey journey =
        house.about(house.newQueueId(), java.util.Optional.of(messageId)).about(recipient);
    String host = there.host().ascii();
    journey.note(
        switch (result) {
          case RecipientResult.Taken(var reply) ->
              new Event.Relayed(
                  host,
                  there.address().getHostAddress(),
                  reply.code(),
                  String.join(" / ", reply.lines()));
          case RecipientResult.Refused(_, var reply) ->
              new Event.Discarded("the program gives it up, " + host + " refused it: " + reply);
          case RecipientResult.Unknown(var reason) ->
              new Event.Discarded("the program gives it up: " + reason);
        });
  }
}
