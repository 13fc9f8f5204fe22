package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;

/** Headers that may have been signed, by what is there. */
final class HeaderRepairs {
  /** Each one doubles the number of combinations. */
  private static final int MAX_CHANGES = 6;

  /** {@code [tag] Hello}, {@code Re: [tag] Hello}; in the raw value, folds and all. */
  private static final Pattern TAGGED =
      Pattern.compile("(?s)(\\s*(?:[A-Za-z]{2,4}:\\s*)?)(\\[[^\\]\\r\\n]{1,60}\\])\\s*(\\S.*)");

  /** What lists add, or put in another's place. */
  private static final Set<String> OFTEN_ADDED =
      Set.of("reply-to", "cc", "sender", "list-unsubscribe", "list-unsubscribe-post", "list-id");

  /** Where lists that rewrite From keep what it was. */
  private static final List<String> FORMER_FROM =
      List.of("X-Original-From", "X-Mailman-Original-From", "Original-From", "Reply-To", "Cc");

  /** One thing to take back. */
  private record Undo(Change change, UnaryOperator<Headers> undo) {}

  private final MessageSignature signature;

  HeaderRepairs(MessageSignature signature) {
    this.signature = signature;
  }

  /** All combinations, those of few changes first; the header as it is comes first of all. */
  Stream<BodyRepairs.Candidate> candidates(BodyRepairs.Candidate base) {
    List<Undo> undos = undos(base.headers());
    return IntStream.range(0, 1 << undos.size())
        .boxed()
        .sorted(Comparator.comparingInt(Integer::bitCount))
        .map(set -> apply(base, undos, set));
  }

  private static BodyRepairs.Candidate apply(
      BodyRepairs.Candidate base, List<Undo> undos, int set) {
    Headers headers = base.headers();
    List<Change> changes = new ArrayList<>(base.changes());
    for (int i = 0; i < undos.size(); i++) {
      if (((set >> i) & 1) != 0) {
        headers = undos.get(i).undo().apply(headers);
        changes.add(undos.get(i).change());
      }
    }
    return new BodyRepairs.Candidate(headers, changes);
  }

  private List<Undo> undos(Headers headers) {
    List<Undo> undos = new ArrayList<>();
    subject(headers).ifPresent(undos::add);
    undos.addAll(copies(headers));
    from(headers).ifPresent(undos::add);
    if (signature.headerCanonicalization() == Canonicalization.SIMPLE) {
      undos.add(new Undo(new Change.Folded(), HeaderRepairs::unfolded));
    }
    signature.signedFields().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .distinct()
        .filter(name -> OFTEN_ADDED.contains(name) && headers.count(name) > 0)
        .map(name -> new Undo(new Change.FieldAdded(name), h -> h.without(name)))
        .forEach(undos::add);
    return undos.subList(0, Math.min(undos.size(), MAX_CHANGES));
  }

  private static Optional<Undo> subject(Headers headers) {
    Optional<HeaderField> subject = headers.last("Subject");
    Optional<Matcher> tagged =
        subject
            .map(f -> TAGGED.matcher(new String(f.rawValue(), StandardCharsets.ISO_8859_1)))
            .filter(Matcher::matches);
    return tagged.flatMap(
        parts ->
            field("Subject", parts.group(1) + parts.group(3))
                .map(
                    plain ->
                        new Undo(
                            new Change.SubjectTagged(parts.group(2)), h -> replace(h, plain))));
  }

  private Optional<Undo> from(Headers headers) {
    for (String name : FORMER_FROM) {
      Optional<HeaderField> former = headers.last(name);
      if (former.isPresent()) {
        String value = new String(former.get().rawValue(), StandardCharsets.ISO_8859_1);
        return field("From", value)
            .map(from -> new Undo(new Change.FieldReplaced("From", name), h -> replace(h, from)));
      }
    }
    return Optional.empty();
  }

  private List<Undo> copies(Headers headers) {
    List<String> changed = CopiedFields.changed(signature, headers);
    return CopiedFields.of(signature).stream()
        .filter(copy -> changed.contains(copy.name().toLowerCase(Locale.ROOT)))
        .map(copy -> new Undo(new Change.FieldReplaced(copy.name(), "z="), h -> replace(h, copy)))
        .toList();
  }

  /** With the field in place of all of its name. */
  private static Headers replace(Headers headers, HeaderField field) {
    return headers.without(field.name()).append(field);
  }

  private static Headers unfolded(Headers headers) {
    List<HeaderField> fields = new ArrayList<>();
    for (HeaderField field : headers) {
      String value = new String(field.rawValue(), StandardCharsets.ISO_8859_1);
      boolean ours = field.hasName(Dialect.DKIM.fieldName());
      fields.add(ours ? field : field(field.name(), value.replace("\r\n", "")).orElse(field));
    }
    return Headers.of(fields);
  }

  private static Optional<HeaderField> field(String name, String rawValue) {
    String line = name + ":" + rawValue + "\r\n";
    return CopiedFields.field(line.getBytes(StandardCharsets.ISO_8859_1));
  }
}
