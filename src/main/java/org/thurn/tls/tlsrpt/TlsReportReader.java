package org.thurn.tls.tlsrpt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON of strangers, RFC 8460 §4.4. Members that are unknown are passed over; what a
 * report cannot be without must be there.
 */
public final class TlsReportReader {
  /** Policies of one report: a domain has as many as hosts and changes of a day. */
  public static final int MAX_POLICIES = 1_000;

  /** Details of all policies of one report together. */
  public static final int MAX_DETAILS = 10_000;

  /** The format nests five deep; the rest is for members that are not known yet. */
  static final int MAX_DEPTH = 16;

  /** Characters of one text: of the longest lines that anybody needs, a few times over. */
  static final int MAX_TEXT = 10_000;

  /** Values and brackets: {@link #MAX_DETAILS} with each member twice over. */
  private static final int MAX_TOKENS = 400_000;

  /** A long has nineteen digits; nobody counts further. */
  private static final int MAX_DIGITS = 19;

  private static final int MAX_NAME = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_DIGITS)
                          .maxTokenCount(MAX_TOKENS)
                          .maxDocumentLength(ReportGzip.MAX_OCTETS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private int details;

  private TlsReportReader() {}

  /**
   * Reads a report.
   *
   * @param json not packed any more
   * @throws TlsReportException if it is none, or exceeds a limit
   */
  public static TlsReport read(byte[] json) throws TlsReportException {
    if (json.length > ReportGzip.MAX_OCTETS) {
      throw new TlsReportException("it is larger than " + ReportGzip.MAX_OCTETS + " octets");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new TlsReportException("it is no JSON that is read: " + e.getOriginalMessage(), e);
    }
    return new TlsReportReader().report(root);
  }

  private TlsReport report(JsonNode root) throws TlsReportException {
    JsonNode range = root.path("date-range");
    Instant start = instant(range, "start-datetime");
    Instant end = instant(range, "end-datetime");
    if (end.isBefore(start)) {
      throw new TlsReportException("its time ends before it begins");
    }
    List<PolicyResult> policies = new ArrayList<>();
    for (JsonNode node : elements(root, "policies", MAX_POLICIES)) {
      policies.add(result(node));
    }
    return new TlsReport(
        required(root, "organization-name"),
        start,
        end,
        text(root, "contact-info").orElse(""),
        required(root, "report-id"),
        policies);
  }

  private PolicyResult result(JsonNode node) throws TlsReportException {
    JsonNode policy = node.path("policy");
    String word = required(policy, "policy-type");
    PolicyType type =
        PolicyType.of(word)
            .orElseThrow(() -> new TlsReportException("a policy of an unknown type"));
    List<FailureDetails> failures = new ArrayList<>();
    for (JsonNode detail : elements(node, "failure-details", MAX_DETAILS - details)) {
      failures.add(detail(detail));
    }
    details += failures.size();
    JsonNode summary = node.path("summary");
    return new PolicyResult(
        new ReportedPolicy(
            type,
            texts(policy, "policy-string"),
            required(policy, "policy-domain"),
            texts(policy, "mx-host")),
        count(summary, "total-successful-session-count"),
        count(summary, "total-failure-session-count"),
        failures);
  }

  private static FailureDetails detail(JsonNode node) throws TlsReportException {
    return new FailureDetails(
        required(node, "result-type"),
        text(node, "sending-mta-ip"),
        text(node, "receiving-mx-hostname"),
        text(node, "receiving-mx-helo"),
        text(node, "receiving-ip"),
        count(node, "failed-session-count"),
        text(node, "additional-information"),
        text(node, "failure-reason-code"));
  }

  /** None where the member is missing. */
  private static List<JsonNode> elements(JsonNode node, String name, int most)
      throws TlsReportException {
    JsonNode array = node.path(name);
    if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
      throw new TlsReportException(name + " is no array");
    }
    if (array.size() > most) {
      throw new TlsReportException("it has too many " + name);
    }
    return List.copyOf(array.values());
  }

  /** An array, or one text alone: the RFC's words and its example differ about {@code mx-host}. */
  private static List<String> texts(JsonNode node, String name) throws TlsReportException {
    if (node.path(name).isString()) {
      return List.of(required(node, name));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(node, name, MAX_DETAILS)) {
      if (!element.isString()) {
        throw new TlsReportException(name + " has an element that is no text");
      }
      texts.add(element.stringValue());
    }
    return texts;
  }

  private static Optional<String> text(JsonNode node, String name) throws TlsReportException {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw new TlsReportException(name + " is no text");
    }
    return Optional.of(value.stringValue());
  }

  private static String required(JsonNode node, String name) throws TlsReportException {
    return text(node, name).orElseThrow(() -> new TlsReportException("it has no " + name));
  }

  private static long count(JsonNode node, String name) throws TlsReportException {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new TlsReportException(name + " is no count");
    }
    return value.longValue();
  }

  /** RFC 3339, with any offset. */
  private static Instant instant(JsonNode node, String name) throws TlsReportException {
    try {
      return OffsetDateTime.parse(required(node, name)).toInstant();
    } catch (DateTimeException e) {
      throw new TlsReportException(name + " is no date and time", e);
    }
  }
}
