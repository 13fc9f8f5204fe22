package org.thurn.tls.tlsrpt;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a report as JSON, RFC 8460 §4.4. */
public final class TlsReportWriter {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private TlsReportWriter() {}

  /** The report, indented, in UTF-8. */
  public static byte[] write(TlsReport report) {
    ObjectNode root = NODES.objectNode();
    root.put("organization-name", whole(report.organization()));
    root.putObject("date-range")
        // RFC 3339, to the second: readers are known that take no fractions
        .put("start-datetime", report.start().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("end-datetime", report.end().truncatedTo(ChronoUnit.SECONDS).toString());
    root.put("contact-info", whole(report.contact()));
    root.put("report-id", whole(report.id()));
    ArrayNode policies = root.putArray("policies");
    report.policies().forEach(result -> policies.add(result(result)));
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  private static ObjectNode result(PolicyResult result) {
    ObjectNode node = NODES.objectNode();
    ObjectNode policy = node.putObject("policy");
    policy.put("policy-type", result.policy().type().word());
    ArrayNode strings = policy.putArray("policy-string");
    result.policy().strings().forEach(text -> strings.add(whole(text)));
    policy.put("policy-domain", whole(result.policy().domain()));
    if (!result.policy().mxHosts().isEmpty()) {
      ArrayNode hosts = policy.putArray("mx-host");
      result.policy().mxHosts().forEach(text -> hosts.add(whole(text)));
    }
    node.putObject("summary")
        .put("total-successful-session-count", result.successes())
        .put("total-failure-session-count", result.failures());
    if (!result.details().isEmpty()) {
      ArrayNode details = node.putArray("failure-details");
      result.details().forEach(detail -> details.add(detail(detail)));
    }
    return node;
  }

  private static ObjectNode detail(FailureDetails detail) {
    ObjectNode node = NODES.objectNode();
    node.put("result-type", whole(detail.resultType()));
    put(node, "sending-mta-ip", detail.sendingAddress());
    put(node, "receiving-mx-hostname", detail.receivingHost());
    put(node, "receiving-mx-helo", detail.receivingHelo());
    put(node, "receiving-ip", detail.receivingAddress());
    node.put("failed-session-count", detail.failedSessions());
    put(node, "additional-information", detail.additionalInformation());
    put(node, "failure-reason-code", detail.reasonCode());
    return node;
  }

  private static void put(ObjectNode node, String name, Optional<String> text) {
    text.ifPresent(value -> node.put(name, whole(value)));
  }

  /** Half of a pair of surrogates is no character, and cannot be written. */
  private static String whole(String text) {
    return HALF.matcher(text).replaceAll("\ufffd");
  }
}
