package org.thurn.cli;

import java.util.Optional;
import org.thurn.dns.RecordData;
import org.thurn.name.IpAddress;
import org.thurn.tls.dane.TlsaData;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a server's TLS is like, in the form that docs/commands.md describes. */
final class TlsJson {
  private TlsJson() {}

  static ObjectNode of(TlsFindings found) {
    ObjectNode json = ResultJson.object();
    json.put("name", found.name()).put("port", found.port());
    json.set("tried", tries(found.visit()));
    json.put("version", found.session().version());
    json.put("group", found.session().group().orElse(null));
    json.put("cipher", found.session().cipherSuite());
    ArrayNode certificates = json.putArray("certificates");
    found.certificates().forEach(one -> certificate(certificates.addObject(), one));
    json.put("verified", found.verified());
    json.put("authority", found.session().verification());
    json.set("dane", found.dane().map(TlsJson::dane).orElse(null));
    json.put("record", found.record().orElse(null));
    return json;
  }

  private static ArrayNode tries(TlsVisit visit) {
    ArrayNode tries = ResultJson.object().arrayNode();
    for (TlsVisit.Try one : visit.tries()) {
      String problem = Optional.of(one.problem()).filter(words -> !words.isEmpty()).orElse(null);
      tries.addObject().put("address", IpAddress.format(one.address())).put("problem", problem);
    }
    return tries;
  }

  private static void certificate(ObjectNode json, CertificateFacts certificate) {
    json.put("subject", certificate.subject());
    ArrayNode names = json.putArray("names");
    certificate.names().forEach(names::add);
    json.put("issuer", certificate.issuer());
    json.put("from", certificate.from().toString());
    json.put("until", certificate.until().toString());
    json.put("key", certificate.key());
    json.put("signature", certificate.signature());
    json.put("sha256", certificate.sha256());
  }

  private static ObjectNode dane(TlsFindings.Dane dane) {
    ObjectNode json = ResultJson.object();
    json.put("status", dane.status()).put("matches", dane.matches()).put("reason", dane.why());
    ArrayNode records = json.putArray("records");
    for (RecordData.Tlsa record : dane.records()) {
      records.add(TlsaData.text(record));
    }
    return json;
  }
}
