package org.thurn.access.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.thurn.message.Address;
import org.thurn.message.Envelope;

/** {@code envelope} of RFC 9051 §7.5.2. */
final class EnvelopeText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EnvelopeText() {}

  static byte[] of(Envelope envelope) {
    EnvelopeText text = new EnvelopeText();
    text.write(envelope);
    return text.out.toByteArray();
  }

  private void write(Envelope envelope) {
    ascii("(");
    nstring(envelope.date());
    ascii(" ");
    nstring(envelope.subject());
    for (List<Address> addresses :
        List.of(
            envelope.from(),
            envelope.sender(),
            envelope.replyTo(),
            envelope.to(),
            envelope.cc(),
            envelope.bcc())) {
      ascii(" ");
      addresses(addresses);
    }
    ascii(" ");
    nstring(envelope.inReplyTo());
    ascii(" ");
    nstring(envelope.messageId());
    ascii(")");
  }

  private void addresses(List<Address> addresses) {
    if (addresses.isEmpty()) {
      ascii("NIL");
      return;
    }
    ascii("(");
    for (Address address : addresses) {
      switch (address) {
        case Address.Single single -> single(single);
        case Address.Group group -> group(group);
      }
    }
    ascii(")");
  }

  /**
   * {@code "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"}; a host of NIL is a group.
   */
  private void single(Address.Single single) {
    ascii("(");
    nstring(Optional.of(single.rawName()).filter(name -> !name.isEmpty()));
    ascii(" NIL ");
    nstring(Optional.of(single.local()));
    ascii(" ");
    nstring(Optional.of(single.domain()));
    ascii(")");
  }

  /** RFC 9051 §7.5.2: its name where the mailbox stands; its end has neither. */
  private void group(Address.Group group) {
    ascii("(NIL NIL ");
    nstring(Optional.of(group.rawName()));
    ascii(" NIL)");
    group.members().forEach(this::single);
    ascii("(NIL NIL NIL NIL)");
  }

  private void nstring(Optional<String> text) {
    out.writeBytes(WireString.nstring(text));
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
