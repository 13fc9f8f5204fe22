package org.thurn.authentication.dkim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.TransferEncoding;

/** Bodies that may have been signed, by what is there: one counts if it has the signed hash. */
final class BodyRepairs {
  /** Lines of a footer that is looked for. */
  static final int MAX_FOOTER = 100;

  private static final Pattern TRAILING = Pattern.compile("(?<![ \\t])[ \\t]++(?=\\r\\n|\\z)");
  private static final Pattern QUOTED_FROM = Pattern.compile("(?<=^|\\r\\n)>(?=From )");
  private static final String ENCODING = "Content-Transfer-Encoding";

  /**
   * A message that may have been.
   *
   * @param headers the header that goes with the body
   * @param changes what was done to it since
   */
  record Candidate(Headers headers, List<Change> changes) {}

  /** A body that may have been, before its hash is known. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Guess(Headers headers, byte[] body, List<Change> changes) {
    Guess with(Headers otherHeaders, byte[] otherBody, Change change) {
      List<Change> all = new ArrayList<>(changes);
      all.add(change);
      return new Guess(otherHeaders, otherBody, all);
    }
  }

  private final MessageSignature signature;
  private final byte[] wanted;

  BodyRepairs(MessageSignature signature) {
    this.signature = signature;
    this.wanted = signature.bodyHashOctets();
  }

  /** Those whose body was signed; the message as it is comes first if it is one. */
  List<Candidate> find(Headers headers, byte[] body) throws IOException {
    List<Candidate> found = new ArrayList<>();
    for (Guess guess : guesses(headers, body)) {
      footer(guess.body())
          .ifPresent(
              lines -> {
                List<Change> changes = new ArrayList<>(guess.changes());
                if (lines > 0) {
                  changes.add(new Change.FooterAppended(lines));
                }
                found.add(new Candidate(guess.headers(), changes));
              });
    }
    return found;
  }

  private static List<Guess> guesses(Headers headers, byte[] body) throws IOException {
    List<Guess> guesses = new ArrayList<>();
    Guess asIs = new Guess(headers, body, List.of());
    guesses.add(asIs);
    guesses.addAll(decoded(asIs));
    Optional<Wrapping> wrapping = Wrapping.of(headers, body);
    if (wrapping.isPresent()) {
      Guess outer = asIs.with(headers, wrapping.get().withoutLastPart(), new Change.PartAppended());
      guesses.add(outer);
      Guess inner =
          asIs.with(
              wrapping.get().firstHeaders(headers),
              wrapping.get().firstBody(),
              new Change.Wrapped());
      guesses.add(inner);
      guesses.addAll(decoded(inner));
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    guesses.addAll(replaced(asIs, text, TRAILING, new Change.SpaceAppended()));
    guesses.addAll(replaced(asIs, text, QUOTED_FROM, new Change.FromQuoted()));
    return guesses;
  }

  private static List<Guess> replaced(Guess guess, String text, Pattern what, Change change) {
    String without = what.matcher(text).replaceAll("");
    return without.length() == text.length()
        ? List.of()
        : List.of(
            guess.with(guess.headers(), without.getBytes(StandardCharsets.ISO_8859_1), change));
  }

  /** As it may have been in 8bit or 7bit; what the field said then can only be guessed. */
  private static List<Guess> decoded(Guess guess) throws IOException {
    Optional<HeaderField> field = guess.headers().first(ENCODING);
    TransferEncoding encoding =
        field.map(f -> TransferEncoding.parse(f.unfolded())).orElse(TransferEncoding.SEVEN_BIT);
    if (encoding.isIdentity()) {
      return List.of();
    }
    byte[] body;
    try (InputStream in = encoding.decode(new ByteArrayInputStream(guess.body()))) {
      body = in.readAllBytes();
    }
    Headers none = guess.headers().without(ENCODING);
    Change change = new Change.ReEncoded(encoding.token());
    return List.of(
        guess.with(guess.headers(), body, change),
        guess.with(none.append(HeaderField.of(ENCODING, "8bit")), body, change),
        guess.with(none.append(HeaderField.of(ENCODING, "7bit")), body, change),
        guess.with(none, body, change));
  }

  /** How many lines at its end hide the body that was signed; 0 if none do. */
  private Optional<Integer> footer(byte[] body) {
    List<Integer> ends = new ArrayList<>();
    ends.add(body.length);
    for (int at = body.length - 2; at > 0 && ends.size() <= MAX_FOOTER; at--) {
      if (body[at] == '\n' && body[at - 1] == '\r' && at + 1 < ends.getLast()) {
        ends.add(at + 1);
      }
    }
    if (ends.size() <= MAX_FOOTER) {
      ends.add(0); // all of it
    }
    return shortest(body, ends);
  }

  /** One pass: the hash at each end, from the hash up to where the last lines begin. */
  private Optional<Integer> shortest(byte[] body, List<Integer> ends) {
    List<Long> limits = signature.bodyLength().stream().boxed().toList();
    Optional<Integer> best = Optional.empty();
    BodyHasher growing = new BodyHasher(signature.bodyCanonicalization(), limits);
    int at = 0;
    for (int lines = ends.size() - 1; lines >= 0; lines--) {
      growing.take(body, at, ends.get(lines) - at);
      at = ends.get(lines);
      BodyHasher ended = growing.copy();
      byte[] whole = ended.finish();
      OptionalLong limit = signature.bodyLength();
      byte[] hash = limit.isPresent() ? ended.hash(limit.getAsLong()).orElse(new byte[0]) : whole;
      if (MessageDigest.isEqual(hash, wanted)) {
        best = Optional.of(lines);
      }
    }
    return best;
  }
}
