package org.thurn.transfer.signing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thurn.authentication.dkim.Signing;
import org.thurn.authentication.dkim.UnsignableException;
import org.thurn.message.Address;
import org.thurn.message.AddressList;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/** Signs mail with the keys of its author's domain, where that is ours. Safe for many threads. */
public final class MailSigner {
  private final SigningKeys keys;
  private final Predicate<Domain> local;
  private final Supplier<SignerSettings> settings;

  /**
   * @param local whether a domain is ours
   * @param settings asked for each message
   */
  public MailSigner(SigningKeys keys, Predicate<Domain> local, Supplier<SignerSettings> settings) {
    this.keys = keys;
    this.local = local;
    this.settings = settings;
  }

  /** What is wanted now. */
  public SignerSettings settings() {
    return settings.get();
  }

  /**
   * A message that is being signed.
   *
   * @param domain whose keys sign
   * @param selectors of the keys
   * @param signing takes the body
   */
  public record Begun(Domain domain, List<String> selectors, Signing signing) {
    public Begun {
      selectors = List.copyOf(selectors);
    }
  }

  /**
   * Begins to sign what an account or a machine of ours sends; empty if nobody can sign it: its
   * author's domain is not ours, or has no key that signs, or the header is one that must not be
   * signed.
   */
  public Optional<Begun> begin(Headers headers) {
    return author(headers)
        .filter(domain -> settings().sign() && local.test(domain))
        .flatMap(domain -> begin(domain, headers));
  }

  /**
   * Signs what the house itself wrote. Its author is often a host below a local domain, as
   * MAILER-DAEMON of {@code mx.example.org}; the nearest local domain above it then signs, which
   * DMARC's relaxed alignment (RFC 9989 §4.4.1) takes for the same. Nobody else can use these
   * names.
   *
   * @return the message with its signatures; the message itself if it cannot be signed
   */
  public byte[] signed(byte[] message) {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    Optional<Signing> signing =
        author(headers)
            .filter(_ -> settings().sign())
            .flatMap(host -> nearestLocal(host, local))
            .flatMap(domain -> begin(domain, headers))
            .map(Begun::signing);
    if (signing.isEmpty()) {
      return message;
    }
    byte[] body = Arrays.copyOfRange(message, headers.length(), message.length);
    signing.get().take(body, 0, body.length);
    return behind(signing.get().finish(), message);
  }

  private static byte[] behind(List<HeaderField> fields, byte[] message) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(message.length + 2048);
    fields.forEach(field -> whole.writeBytes(field.toByteArray()));
    whole.writeBytes(message);
    return whole.toByteArray();
  }

  /** The domain itself or the nearest above it that is ours. */
  public static Optional<Domain> nearestLocal(Domain host, Predicate<Domain> local) {
    Optional<Domain> domain = Optional.of(host);
    while (domain.isPresent() && !local.test(domain.get())) {
      domain = domain.get().parent();
    }
    return domain;
  }

  /** The domain of the first author. */
  private static Optional<Domain> author(Headers headers) {
    return headers
        .first("From")
        .flatMap(field -> AddressList.parse(field).mailboxes().stream().findFirst())
        .flatMap(Address.Single::mailbox)
        .flatMap(Mailbox::domain);
  }

  private Optional<Begun> begin(Domain domain, Headers headers) {
    Optional<SigningKeys.Signer> signer = keys.signer(domain);
    try {
      return signer.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Begun(domain, signer.get().selectors(), signer.get().signer().begin(headers)));
    } catch (UnsignableException e) {
      return Optional.empty(); // it goes as it came; who wants to read why asks `thurn dkim sign`
    }
  }
}
