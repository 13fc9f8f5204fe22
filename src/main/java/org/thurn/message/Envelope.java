package org.thurn.message;

import java.util.List;
import java.util.Optional;

/**
 * The summary of a header that IMAP's ENVELOPE tells (RFC 9051 §7.5.2): texts unfolded as they
 * stand in the header, encoded words and all.
 *
 * @param headers of the message
 */
public record Envelope(Headers headers) {
  public Optional<String> date() {
    return text("Date");
  }

  public Optional<String> subject() {
    return text("Subject");
  }

  public List<Address> from() {
    return addresses("From");
  }

  /** Sender, or From where it is missing or empty, as RFC 9051 §7.5.2 demands. */
  public List<Address> sender() {
    List<Address> sender = addresses("Sender");
    return sender.isEmpty() ? from() : sender;
  }

  /** Reply-To, or From where it is missing or empty, as RFC 9051 §7.5.2 demands. */
  public List<Address> replyTo() {
    List<Address> replyTo = addresses("Reply-To");
    return replyTo.isEmpty() ? from() : replyTo;
  }

  public List<Address> to() {
    return addresses("To");
  }

  public List<Address> cc() {
    return addresses("Cc");
  }

  public List<Address> bcc() {
    return addresses("Bcc");
  }

  public Optional<String> inReplyTo() {
    return text("In-Reply-To");
  }

  public Optional<String> messageId() {
    return text("Message-ID");
  }

  private Optional<String> text(String name) {
    return headers.first(name).map(HeaderField::unfolded);
  }

  private List<Address> addresses(String name) {
    return headers.first(name).map(field -> AddressList.parse(field).addresses()).orElse(List.of());
  }
}
