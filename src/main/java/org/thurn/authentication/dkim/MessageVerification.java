package org.thurn.authentication.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * The signatures of one message on its way in: {@link #take} its body, then {@link #finish}. Used
 * by one thread.
 */
public final class MessageVerification {
  /** A signature: to be checked, or done with already. */
  private sealed interface Pending {
    record Open(MessageSignature signature) implements Pending {}

    record Done(DkimResult result) implements Pending {}
  }

  private final List<Pending> all = new ArrayList<>();
  private final SignatureCheck check;
  private final BodyHashes bodies;

  MessageVerification(
      List<HeaderField> fields, Dialect dialect, SignatureCheck check, BodyHashes bodies) {
    this.check = check;
    this.bodies = bodies;
    int begun = 0;
    for (HeaderField field : fields) {
      Pending pending =
          begun < DkimVerifier.MAX_SIGNATURES ? read(field, dialect) : notLookedAt(field);
      if (pending instanceof Pending.Open(MessageSignature signature)) {
        begun++;
        bodies.want(signature.bodyCanonicalization(), signature.bodyLength());
        check.begin(signature);
      }
      all.add(pending);
    }
  }

  private Pending read(HeaderField field, Dialect dialect) {
    try {
      MessageSignature signature = MessageSignature.parse(field, dialect);
      Optional<DkimResult> refused = check.refuse(signature);
      return refused.isPresent() ? new Pending.Done(refused.get()) : new Pending.Open(signature);
    } catch (SignatureSyntaxException e) {
      return done(field, e.reason(), e.words(), Optional.of(e.tag()));
    }
  }

  private static Pending notLookedAt(HeaderField field) {
    String words =
        "only the first " + DkimVerifier.MAX_SIGNATURES + " signatures of a message are looked at";
    return done(field, Cause.NOT_LOOKED_AT, words, Optional.empty());
  }

  private static Pending done(HeaderField field, Cause cause, String words, Optional<String> tag) {
    return new Pending.Done(
        new DkimResult(
            cause,
            words,
            Optional.empty(),
            SignatureParser.guess(field, "d").flatMap(MessageVerification::domain),
            SignatureParser.guess(field, "s"),
            tag.filter(t -> !t.isEmpty()),
            DkimResult.Key.UNKNOWN,
            Optional.empty(),
            List.of()));
  }

  private static Optional<Domain> domain(String text) {
    try {
      return Optional.of(Domain.parse(text));
    } catch (NameSyntaxException _) {
      return Optional.empty(); // then it names nobody
    }
  }

  /** Takes the next octets of the body as they are in the message. */
  public void take(byte[] octets, int offset, int count) {
    bodies.take(octets, offset, count);
  }

  /**
   * Ends the body and waits for the keys.
   *
   * @return a result for each signature, from the top; of a message without any, one that says so
   */
  public List<DkimResult> finish() throws InterruptedException {
    bodies.finish();
    List<DkimResult> results = new ArrayList<>();
    for (Pending pending : all) {
      results.add(
          switch (pending) {
            case Pending.Done(DkimResult result) -> result;
            case Pending.Open(MessageSignature signature) ->
                check.check(
                    signature,
                    bodies.hash(signature.bodyCanonicalization(), signature.bodyLength()));
          });
    }
    return results.isEmpty() ? List.of(DkimResult.notSigned()) : List.copyOf(results);
  }
}
