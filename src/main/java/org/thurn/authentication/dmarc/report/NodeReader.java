package org.thurn.authentication.dmarc.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.thurn.authentication.dmarc.AlignmentMode;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.DiscoveryMethod;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.Words;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;

/** Makes our values of a report's elements; what is wrong becomes a guess and is noted. */
final class NodeReader {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Nobody reports of days beyond the year 9999: it is milliseconds then. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private final Deviations deviations;

  NodeReader(Deviations deviations) {
    this.deviations = deviations;
  }

  ReportMetadata metadata(XmlNode node) {
    Optional<XmlNode> range = node.child("date_range");
    List<String> errors =
        node.all("error").stream().map(XmlNode::text).filter(t -> !t.isEmpty()).toList();
    return new ReportMetadata(
        needed(node, "org_name"),
        needed(node, "email"),
        node.textOrEmpty("extra_contact_info"),
        needed(node, "report_id"),
        instant(range, "begin"),
        instant(range, "end"),
        errors,
        node.textOrEmpty("generator"));
  }

  private String needed(XmlNode node, String name) {
    Optional<String> text = node.text(name);
    if (text.isEmpty()) {
      deviations.note(node.name() + " has no " + name);
    }
    return text.orElse("");
  }

  private Instant instant(Optional<XmlNode> range, String name) {
    String text = range.flatMap(r -> r.text(name)).orElse("");
    if (!NUMBER.matcher(text).matches()) {
      deviations.note("date_range has no number as " + name);
      return Instant.EPOCH;
    }
    long seconds = Long.parseLong(text);
    if (seconds > MAX_SECONDS) {
      deviations.note("the " + name + " of date_range is in milliseconds");
      seconds = Math.min(seconds / 1_000, MAX_SECONDS);
    }
    try {
      return Instant.ofEpochSecond(seconds);
    } catch (DateTimeException e) {
      throw new IllegalStateException("seconds are limited", e);
    }
  }

  PublishedPolicy policy(XmlNode node) {
    Optional<Policy> policy = word(node, "p", Policy.values(), Policy::word);
    if (policy.isEmpty()) {
      deviations.note("policy_published has no p");
    }
    Optional<String> testing = word(node, "testing", new String[] {"y", "n"}, letter -> letter);
    String percentage = node.textOrEmpty("pct");
    return new PublishedPolicy(
        needed(node, "domain").toLowerCase(Locale.ROOT),
        word(node, "discovery_method", DiscoveryMethod.values(), DiscoveryMethod::word),
        policy.orElse(Policy.NONE),
        word(node, "sp", Policy.values(), Policy::word),
        word(node, "np", Policy.values(), Policy::word),
        word(node, "adkim", AlignmentMode.values(), AlignmentMode::letter),
        word(node, "aspf", AlignmentMode.values(), AlignmentMode::letter),
        node.textOrEmpty("fo"),
        testing.map(t -> t.equals("y")),
        NUMBER.matcher(percentage).matches()
            ? OptionalInt.of((int) Math.min(100, Long.parseLong(percentage)))
            : OptionalInt.empty());
  }

  /** One of some words, in any case of letters. */
  private <T> Optional<T> word(XmlNode node, String name, T[] values, Function<T, String> word) {
    Optional<String> text = node.text(name);
    Optional<T> value =
        text.flatMap(
            t -> Arrays.stream(values).filter(v -> word.apply(v).equalsIgnoreCase(t)).findFirst());
    if (text.isPresent() && value.isEmpty()) {
      deviations.note("unknown " + name + ": " + Words.of(text.get()));
    }
    return value;
  }

  ReportRecord record(XmlNode node) {
    XmlNode row = part(node, "row");
    XmlNode evaluated = part(row, "policy_evaluated");
    XmlNode results = part(node, "auth_results");
    Optional<XmlNode> other = node.child("identities"); // of junc.org
    if (other.isPresent()) {
      deviations.note("the identifiers are called identities");
    }
    XmlNode identifiers = other.isPresent() ? other.get() : part(node, "identifiers");
    ReportRow made =
        new ReportRow(
            source(row.textOrEmpty("source_ip")),
            disposition(evaluated.textOrEmpty("disposition")),
            aligned(evaluated, "dkim"),
            aligned(evaluated, "spf"),
            evaluated.all("reason").stream().map(this::reason).toList(),
            needed(identifiers, "header_from").toLowerCase(Locale.ROOT),
            identifiers.child("envelope_from").map(XmlNode::text),
            identifiers.text("envelope_to"),
            dkim(results),
            spf(results));
    return new ReportRecord(made, count(row.textOrEmpty("count")));
  }

  private XmlNode part(XmlNode node, String name) {
    Optional<XmlNode> part = node.child(name);
    if (part.isEmpty()) {
      deviations.note(node.name() + " has no " + name);
    }
    return part.orElse(new XmlNode(name, "", List.of()));
  }

  private String source(String text) {
    try {
      return IpAddress.format(IpAddress.parse(text));
    } catch (NameSyntaxException _) {
      deviations.note("source_ip is no address: " + Words.of(text)); // told as it is
      return Words.of(text);
    }
  }

  private long count(String text) {
    if (NUMBER.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    deviations.note("count is no number: " + Words.of(text));
    return 1; // there was a message at least
  }

  /** Rspamd wrote softfail for what it quarantined. */
  private ReportedDisposition disposition(String text) {
    Optional<ReportedDisposition> disposition = ReportedDisposition.of(text);
    if (disposition.isEmpty()) {
      deviations.note("unknown disposition: " + Words.of(text));
    }
    boolean soft = text.equalsIgnoreCase("softfail");
    return disposition.orElse(soft ? ReportedDisposition.QUARANTINE : ReportedDisposition.NONE);
  }

  /** Facebook wrote other words than the two; only the one that says so is a pass. */
  private boolean aligned(XmlNode evaluated, String method) {
    String text = evaluated.textOrEmpty(method);
    if (!text.equalsIgnoreCase("pass") && !text.equalsIgnoreCase("fail")) {
      deviations.note("unknown result of " + method + ": " + Words.of(text));
    }
    return text.equalsIgnoreCase("pass");
  }

  /** Rspamd wrote the type as the text of the reason itself, KDDI writes reasons without type. */
  private ReportReason reason(XmlNode node) {
    String type = node.text("type").orElse(node.text()).toLowerCase(Locale.ROOT);
    if (!ReportReason.TYPES.contains(type) || node.text("type").isEmpty()) {
      deviations.note("a reason without a proper type: " + Words.of(type));
    }
    return ReportReason.TYPES.contains(type)
        ? new ReportReason(type, node.textOrEmpty("comment"))
        : new ReportReason("other", (type + " " + node.textOrEmpty("comment")).strip());
  }

  private List<AuthResult.Dkim> dkim(XmlNode results) {
    List<AuthResult.Dkim> all = new ArrayList<>();
    for (XmlNode node : results.all("dkim")) {
      all.add(
          new AuthResult.Dkim(
              node.textOrEmpty("domain").toLowerCase(Locale.ROOT),
              node.textOrEmpty("selector"),
              code(node),
              node.textOrEmpty("human_result")));
    }
    return all;
  }

  private List<AuthResult.Spf> spf(XmlNode results) {
    List<AuthResult.Spf> all = new ArrayList<>();
    for (XmlNode node : results.all("spf")) {
      all.add(
          new AuthResult.Spf(
              node.textOrEmpty("domain").toLowerCase(Locale.ROOT),
              node.textOrEmpty("scope").toLowerCase(Locale.ROOT),
              code(node),
              node.textOrEmpty("human_result")));
    }
    return all;
  }

  /**
   * RFC 8601's codes, "unknown" of ivenue.com, "hardfail" and "error" of the drafts before RFC
   * 7489.
   */
  private AuthenticationCode code(XmlNode node) {
    String text = node.textOrEmpty("result").toLowerCase(Locale.ROOT);
    Optional<AuthenticationCode> code = AuthenticationCode.of(text);
    if (code.isPresent()) {
      return code.get();
    }
    deviations.note("unknown result of " + node.name() + ": " + Words.of(text));
    return switch (text) {
      case "hardfail" -> AuthenticationCode.FAIL;
      case "unknown", "error" -> AuthenticationCode.TEMPERROR;
      default -> AuthenticationCode.NONE;
    };
  }
}
