package org.thurn.transfer.intake;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.message.DataClass;
import org.thurn.message.Downgrade;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimeTree;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.transfer.signing.MailSigner;

/**
 * A message of 7 bits made of one of 8, which is signed while it is written: its header is held
 * until its end, its body streams into the store.
 */
final class SevenBitCopy extends OutputStream {
  /** Quoted-printable makes three octets of one, and every 76th line end one more. */
  private static final long GROWTH = 4;

  /** Three fields, of some 130 octets, for each of the parts that {@link MessageLimits} knows. */
  private static final long HEADER_GROWTH = 2 << 20;

  private static final int BUFFER = 8 << 10;

  private final MailSigner signer;
  private final Staging staging;
  private final HeaderEnd headerEnd = new HeaderEnd();
  private final ByteArrayOutputStream header = new ByteArrayOutputStream();
  private Headers headers = Headers.of(List.of());
  private Optional<MailSigner.Begun> begun = Optional.empty();
  private boolean inHeader = true;

  /** What came of it. */
  record Signed(Staged message, Optional<MailSigner.Begun> signature) {}

  private SevenBitCopy(MailSigner signer, Staging staging) {
    this.signer = signer;
    this.staging = staging;
  }

  /** Makes it; empty if the message needs none, or must not or cannot be changed. */
  static Optional<Signed> of(Staged message, MailSigner signer, Store store) throws IOException {
    MimeTree tree;
    try (InputStream in = message.open()) {
      tree = MimeParser.parse(in, MessageLimits.DEFAULT);
    }
    return Downgrade.plan(tree, DataClass.SEVEN_BIT) instanceof Downgrade.Possible possible
        ? Optional.of(write(possible, message, signer, store))
        : Optional.empty();
  }

  private static Signed write(
      Downgrade.Possible plan, Staged message, MailSigner signer, Store store) throws IOException {
    try (SevenBitCopy copy =
        new SevenBitCopy(signer, store.stage(GROWTH * message.size() + HEADER_GROWTH))) {
      // the encoders write octet by octet
      OutputStream buffered = new BufferedOutputStream(copy, BUFFER);
      plan.writeTo(message::open, buffered);
      buffered.flush();
      return copy.finish();
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    int at = offset;
    if (inHeader) {
      int end = headerEnd.find(octets, offset, offset + length);
      at = end < 0 ? offset + length : end;
      header.write(octets, offset, at - offset);
      if (end >= 0) {
        endHeader();
      }
    }
    body(octets, at, offset + length - at);
  }

  private void endHeader() throws IOException {
    inHeader = false;
    byte[] held = header.toByteArray();
    headers = Headers.parse(held, MessageLimits.DEFAULT);
    begun = signer.begin(headers);
    // What the parser did not take for header is body.
    body(held, headers.length(), held.length - headers.length());
  }

  private void body(byte[] octets, int offset, int length) throws IOException {
    if (length > 0) {
      begun.ifPresent(one -> one.signing().take(octets, offset, length));
      staging.write(octets, offset, length);
    }
  }

  private Signed finish() throws IOException {
    if (inHeader) {
      endHeader();
    }
    List<HeaderField> fields = new ArrayList<>();
    begun.ifPresent(one -> fields.addAll(one.signing().finish()));
    Headers whole = headers.prepend(fields.toArray(HeaderField[]::new));
    return new Signed(staging.finish(whole.toByteArray()), begun);
  }

  @Override
  public void close() {
    staging.close(); // drops it, unless it was finished
  }
}
