package org.thurn.authentication.arc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.authentication.dkim.Canonicalization;
import org.thurn.authentication.dkim.FieldSigner;
import org.thurn.authentication.dkim.HeaderHasher;
import org.thurn.authentication.dkim.SignedFields;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.ResultsWriter;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/** One message being sealed: {@link #take} its body, then {@link #finish}. Used by one thread. */
public final class Sealing {
  /**
   * What was decided before the body came.
   *
   * @param names for {@code h=}
   * @param instance of the new set
   */
  record Plan(
      SigningKey key, SigningSettings settings, List<String> names, int instance, Instant now) {
    Plan {
      names = List.copyOf(names);
    }
  }

  private final Plan plan;
  private final ArcChain chain;
  private final SignedFields fields;
  private final BodyHashes bodies;
  private final FieldSigner signer;

  Sealing(Plan plan, ArcChain chain, Headers headers, BodyHashes bodies, FieldSigner signer) {
    this.plan = plan;
    this.chain = chain;
    this.fields = new SignedFields(headers);
    this.bodies = bodies;
    this.signer = signer;
    bodies.want(plan.settings().body(), OptionalLong.empty());
  }

  /** Which of the chain's sets this one is, from 1. */
  public int instance() {
    return plan.instance();
  }

  /**
   * What the seal will say of the chain before it, {@code cv=}. A chain of which nobody found that
   * it holds is sealed as broken.
   *
   * @param found as for {@link #finish}
   */
  public ChainValidation state(ChainValidation found) {
    return switch (chain) {
      case ArcChain.None _ -> ChainValidation.NONE;
      case ArcChain.Broken _ -> ChainValidation.FAIL;
      case ArcChain.Whole _ ->
          found == ChainValidation.PASS ? ChainValidation.PASS : ChainValidation.FAIL;
    };
  }

  /** Takes the next octets of the body as they will be sent, before any dot-stuffing. */
  public void take(byte[] octets, int offset, int count) {
    bodies.take(octets, offset, count);
  }

  /**
   * Ends the body and seals.
   *
   * @param found what the chain was when the message came, before any change of ours. It counts for
   *     nothing where the header has no chain any more, or none that could be whole
   * @param results of all that was checked when the message came, of ARC too (RFC 8617 §4.1.1)
   * @return the seal, the signature and the results, to be put before the message's own fields in
   *     this order
   */
  public List<HeaderField> finish(ChainValidation found, AuthenticationResults results) {
    bodies.finish();
    ChainValidation state = state(found);
    String instance = "i=" + plan.instance();
    HeaderField told =
        ResultsWriter.field(ArcField.AUTHENTICATION_RESULTS.fieldName(), instance + "; ", results);
    HeaderField signature = signature(instance);
    HeaderHasher sealed = SealedFields.of(before(state)).add(told).add(signature);
    List<String> tags = begun(instance);
    tags.add("cv=" + state.word());
    HeaderField seal = signer.sign(ArcField.SEAL.fieldName(), tags, plan.key().key(), sealed);
    return List.of(seal, signature, told);
  }

  /** RFC 8617 §5.1.2: who finds a chain broken seals their own set alone. */
  private List<ArcSet> before(ChainValidation state) {
    return state == ChainValidation.PASS && chain instanceof ArcChain.Whole(List<ArcSet> sets)
        ? sets
        : List.of();
  }

  private HeaderField signature(String instance) {
    SigningSettings settings = plan.settings();
    BodyHashes.Hash hash = bodies.hash(settings.body(), OptionalLong.empty());
    if (!(hash instanceof BodyHashes.Hash.Of(byte[] octets, long _, long _))) {
      throw new IllegalStateException("a whole body has a hash");
    }
    Canonicalization header = settings.header();
    List<String> tags = begun(instance);
    tags.add("c=" + header.word() + "/" + settings.body().word());
    settings
        .validity()
        .ifPresent(validity -> tags.add("x=" + plan.now().plus(validity).getEpochSecond()));
    tags.add("h=" + String.join(":", plan.names()));
    tags.add("bh=" + Base64.getEncoder().encodeToString(octets));
    HeaderHasher hasher = new HeaderHasher(header);
    fields.pick(plan.names()).forEach(hasher::add);
    return signer.sign(ArcField.MESSAGE_SIGNATURE.fieldName(), tags, plan.key().key(), hasher);
  }

  private List<String> begun(String instance) {
    List<String> tags = new ArrayList<>();
    tags.add(instance);
    tags.add("a=" + plan.key().key().algorithm().word());
    tags.add("d=" + plan.key().domain());
    tags.add("s=" + plan.key().selector());
    tags.add("t=" + plan.now().getEpochSecond());
    return tags;
  }
}
