package org.thurn.authentication.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurn.authentication.NotedResolver;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.authentication.dkim.Dialect;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.MessageSignature;
import org.thurn.authentication.dkim.Outcome;
import org.thurn.authentication.dkim.SignatureCheck;
import org.thurn.authentication.dkim.SignatureSyntaxException;

/**
 * The chain of one message on its way in: {@link #take} its body, then {@link #finish}. Used by one
 * thread.
 */
public final class ArcVerification {
  /**
   * So many of the newest signatures over the message are looked at. The newest must hold; the
   * others only say how old a change is (RFC 8617 §5.2, 5), and cost as much.
   */
  public static final int MAX_SIGNATURES = 10;

  /**
   * A signature over the message.
   *
   * @param signature to be checked; or empty
   * @param refused why it is not to be; "" if it is
   */
  private record Pending(Optional<MessageSignature> signature, String refused) {}

  private final ArcChain chain;
  private final SignatureCheck signatures;
  private final SealCheck seals;
  private final BodyHashes bodies;
  private final NotedResolver noted;

  /** Of the newest sets, the newest first. */
  private final List<Pending> pending = new ArrayList<>();

  ArcVerification(
      ArcChain chain,
      SignatureCheck signatures,
      SealCheck seals,
      BodyHashes bodies,
      NotedResolver noted) {
    this.chain = chain;
    this.signatures = signatures;
    this.seals = seals;
    this.bodies = bodies;
    this.noted = noted;
    if (chain instanceof ArcChain.Whole(List<ArcSet> sets)) {
      for (ArcSet set : sets.reversed().subList(0, Math.min(MAX_SIGNATURES, sets.size()))) {
        Pending read = read(set);
        if (pending.isEmpty() && read.signature().isEmpty()) {
          pending.add(read); // the chain is broken, nothing else matters
          return;
        }
        pending.add(read);
        read.signature().ifPresent(this::begin);
        seals.begin(set.seal());
      }
    }
  }

  private void begin(MessageSignature signature) {
    bodies.want(signature.bodyCanonicalization(), signature.bodyLength());
    signatures.begin(signature);
  }

  private Pending read(ArcSet set) {
    try {
      MessageSignature signature = MessageSignature.parse(set.messageSignature(), Dialect.ARC);
      // RFC 8617 §4.1.2; a seal is made after the signature and may be replaced by the next host
      if (signature.signedFields().stream().anyMatch(ArcField.SEAL.fieldName()::equalsIgnoreCase)) {
        return new Pending(Optional.empty(), "it signs a seal");
      }
      Optional<DkimResult> refused = signatures.refuse(signature);
      return refused.isPresent()
          ? new Pending(Optional.empty(), refused.get().sentence())
          : new Pending(Optional.of(signature), "");
    } catch (SignatureSyntaxException e) {
      return new Pending(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** Takes the next octets of the body as they are in the message. */
  public void take(byte[] octets, int offset, int count) {
    bodies.take(octets, offset, count);
  }

  /** Ends the body and waits for the keys. */
  public ArcResult finish() throws InterruptedException {
    bodies.finish();
    return switch (chain) {
      case ArcChain.None _ ->
          result(ChainValidation.NONE, "the message has no chain", List.of(), false);
      case ArcChain.Broken broken ->
          result(ChainValidation.FAIL, broken.reason(), List.of(), false);
      case ArcChain.Whole(List<ArcSet> sets) -> check(sets);
    };
  }

  private ArcResult result(
      ChainValidation state, String reason, List<ArcResult.Set> sets, boolean temporary) {
    return new ArcResult(state, reason, sets, OptionalInt.empty(), temporary, noted.answers());
  }

  private ArcResult check(List<ArcSet> sets) throws InterruptedException {
    List<Optional<DkimResult>> found = new ArrayList<>();
    Optional<DkimResult> newest = verify(pending.getFirst());
    found.add(newest);
    if (newest.isEmpty() || !newest.get().passed()) {
      String why = newest.map(DkimResult::sentence).orElse(pending.getFirst().refused());
      boolean temporary = newest.map(DkimResult::outcome).equals(Optional.of(Outcome.TEMPERROR));
      String words = "the signature of set " + sets.size() + " does not hold: " + why;
      return result(
          ChainValidation.FAIL, words, described(sets, found, sets.size() + 1), temporary);
    }
    for (int i = sets.size(); i > 0; i--) {
      if (i == sets.size() - MAX_SIGNATURES) {
        sets.subList(0, i).forEach(set -> seals.begin(set.seal()));
      }
      SealCheck.Verdict verdict =
          seals.check(sets.get(i - 1).seal(), SealedFields.under(sets.subList(0, i)));
      if (!verdict.holds()) {
        String words = "the seal of set " + i + " does not hold: " + verdict.words();
        List<ArcResult.Set> all = described(sets, found, i);
        return result(ChainValidation.FAIL, words, all, verdict.temporary());
      }
    }
    for (int i = 1; i < pending.size() && passed(found.getLast()); i++) {
      found.add(verify(pending.get(i)));
    }
    int holding = found.size() - (passed(found.getLast()) ? 0 : 1);
    int oldest = holding == sets.size() ? 0 : sets.size() - holding + 1;
    String words = "all " + sets.size() + " seals hold, and the signature of the newest set";
    return new ArcResult(
        ChainValidation.PASS,
        sets.size() == 1 ? "the one seal holds, and its set's signature" : words,
        described(sets, found, 0),
        OptionalInt.of(oldest),
        false,
        noted.answers());
  }

  private static boolean passed(Optional<DkimResult> result) {
    return result.isPresent() && result.get().passed();
  }

  private Optional<DkimResult> verify(Pending one) throws InterruptedException {
    if (one.signature().isEmpty()) {
      return Optional.empty();
    }
    MessageSignature signature = one.signature().get();
    return Optional.of(
        signatures.check(
            signature, bodies.hash(signature.bodyCanonicalization(), signature.bodyLength())));
  }

  /**
   * The sets for people.
   *
   * @param found of the newest sets' signatures, the newest first
   * @param broken the set whose seal does not hold; those above it do
   */
  private static List<ArcResult.Set> described(
      List<ArcSet> sets, List<Optional<DkimResult>> found, int broken) {
    List<ArcResult.Set> all = new ArrayList<>();
    for (ArcSet set : sets) {
      int age = sets.size() - set.instance();
      ArcResult.Seal below =
          set.instance() == broken ? ArcResult.Seal.DOES_NOT_HOLD : ArcResult.Seal.NOT_CHECKED;
      all.add(
          new ArcResult.Set(
              set.instance(),
              set.seal().domain(),
              set.seal().selector(),
              set.results(),
              set.instance() > broken ? ArcResult.Seal.HOLDS : below,
              age < found.size() ? found.get(age) : Optional.empty()));
    }
    return all;
  }
}
