package org.thurn.transfer.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.message.Defect;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.transfer.signing.MailSigner;

/**
 * Signs what our own people and machines send, as it comes in: the last that changes it before
 * others do. What has octets above 127 and goes elsewhere is encoded in 7 bits before that, where
 * it can be: else a host on the way that lacks 8BITMIME would break the signature (RFC 6376 §5.3).
 */
final class SubmissionSigning implements Inspection {
  /** Room for signatures; two take 2 KiB. */
  private static final long SIGNATURES = 64 << 10;

  private final MailSigner signer;
  private final MailSigner.Begun begun;
  private final Optional<Store> encoding;
  private final Journey journey;
  private boolean wide;

  /**
   * @param begun by the signer for the message as it came
   * @param encoding where a message of 7 bits is written; empty to sign it as it is
   * @param binary whether the client said that it is
   */
  SubmissionSigning(
      MailSigner signer,
      MailSigner.Begun begun,
      Optional<Store> encoding,
      boolean binary,
      Journey journey) {
    this.signer = signer;
    this.begun = begun;
    this.encoding = encoding;
    this.wide = binary;
    this.journey = journey;
  }

  /**
   * Whether a message with this header may be encoded. Not if it has signatures already, since that
   * breaks them; nor if it says nothing of MIME: nobody knows what its octets mean, and readers
   * guess better without the label that it would get (RFC 1428 §3). An 8-bit header cannot be.
   */
  static boolean mayBeEncoded(Headers headers) {
    boolean labelled = headers.count("MIME-Version") > 0 && headers.count("Content-Type") > 0;
    boolean signed = headers.count("DKIM-Signature") > 0 || headers.count("ARC-Seal") > 0;
    return labelled && !signed && !headers.defects().contains(Defect.EIGHT_BIT_HEADER);
  }

  @Override
  public void take(byte[] octets, int offset, int count) {
    begun.signing().take(octets, offset, count);
    if (encoding.isPresent() && !wide) {
      wide = isWide(octets, offset, count);
    }
  }

  private static boolean isWide(byte[] octets, int offset, int count) {
    int all = 0;
    for (int i = offset; i < offset + count; i++) {
      all |= octets[i];
    }
    return all < 0;
  }

  @Override
  public Conclusion end() {
    return encoding.isPresent() && wide
        ? Conclusion.rewriting(whole -> encoded(whole, encoding.get()))
        : Conclusion.added(signatures(begun));
  }

  private Staged encoded(Staged whole, Store store) throws IOException {
    try (whole) {
      Optional<SevenBitCopy.Signed> copy = SevenBitCopy.of(whole, signer, store);
      if (copy.isEmpty()) {
        return signed(whole, store);
      }
      Staged message = copy.get().message();
      journey.note(new Event.EncodedInSevenBits(whole.size(), message.size()));
      copy.get().signature().ifPresent(this::note);
      return message;
    }
  }

  /** As it is: it is sealed by its author, or what it is cannot be understood. */
  private Staged signed(Staged whole, Store store) throws IOException {
    Headers head = Headers.of(List.of()).prepend(signatures(begun).toArray(HeaderField[]::new));
    try (Staging copy = store.stage(whole.size() + SIGNATURES);
        InputStream in = whole.open()) {
      in.transferTo(copy);
      return copy.finish(head.toByteArray());
    }
  }

  private List<HeaderField> signatures(MailSigner.Begun one) {
    List<HeaderField> signatures = one.signing().finish();
    note(one);
    return signatures;
  }

  private void note(MailSigner.Begun one) {
    journey.note(new Event.DkimSigned(one.domain().ascii(), one.selectors()));
  }
}
