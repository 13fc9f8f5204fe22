package org.thurn.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.authentication.arc.ArcResult;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.explain.Hop;
import org.thurn.authentication.spf.SpfResult;
import org.thurn.name.Domain;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Results in the form that docs/commands.md describes. What is not known is null. */
final class ResultJson {
  private ResultJson() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** {@code result, domain, reason, explanation}. */
  static ObjectNode spf(Optional<SpfResult> spf) {
    ObjectNode json = object();
    json.put("result", spf.map(one -> one.outcome().word()).orElse("none"));
    json.put("domain", spf.map(SpfResult::domain).orElse(null));
    json.put("reason", spf.map(SpfResult::reason).orElse("no client address is known"));
    json.put("explanation", spf.flatMap(SpfResult::explanation).orElse(null));
    return json;
  }

  /** For each signature {@code result, domain, selector, algorithm, reason}. */
  static ArrayNode dkim(List<Explained.Signature> signatures) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Explained.Signature signature : signatures) {
      DkimResult result = signature.result();
      ObjectNode json = all.addObject();
      json.put("result", result.outcome().word());
      json.put("domain", result.domain().map(Domain::ascii).orElse(null));
      json.put("selector", result.selector().orElse(null));
      json.put("algorithm", result.algorithm().map(a -> a.word()).orElse(null));
      json.put("reason", result.sentence());
      signature.repair().ifPresent(words -> json.put("probably", words));
    }
    return all;
  }

  /** {@code cv, reason}. */
  static ObjectNode arc(ArcResult arc) {
    return object().put("cv", arc.chainValidation().word()).put("reason", arc.reason());
  }

  /** {@code result, policy, domain, alignment, reason}. */
  static ObjectNode dmarc(DmarcResult dmarc) {
    ObjectNode json = object();
    json.put("result", dmarc.outcome().word());
    json.put("policy", dmarc.policy().map(p -> p.published().word()).orElse(null));
    json.put("domain", dmarc.author().map(DomainName::toString).orElse(null));
    json.put("alignment", alignment(dmarc));
    json.put("reason", dmarc.reason());
    return json;
  }

  /** By which methods an aligned domain is proven: {@code "spf dkim"}, or {@code "none"}. */
  static String alignment(DmarcResult dmarc) {
    String methods =
        dmarc.decisive().stream()
            .flatMap(evaluation -> evaluation.alignments().stream())
            .filter(Alignment::passes)
            .map(alignment -> alignment.method().toString().toLowerCase(java.util.Locale.ROOT))
            .distinct()
            .collect(Collectors.joining(" "));
    return methods.isEmpty() ? "none" : methods;
  }

  /** The first hop first: {@code from, ip, by, with, time, delay, trust}; delays in seconds. */
  static ArrayNode hops(List<Hop> hops) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Hop hop : hops) {
      ObjectNode json = all.addObject();
      json.put("from", hop.from().orElse(null));
      json.put("ip", hop.client().map(address -> address.getHostAddress()).orElse(null));
      json.put("by", hop.by().orElse(null));
      json.put("with", hop.protocol().orElse(null));
      json.put("time", hop.timeText().orElse(null));
      json.put("delay", hop.delay().map(delay -> delay.toSeconds()).orElse(null));
      json.put("trust", hop.trust().name().toLowerCase(java.util.Locale.ROOT));
    }
    return all;
  }
}
