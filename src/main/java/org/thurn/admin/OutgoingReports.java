package org.thurn.admin;

import java.io.IOException;
import java.util.List;
import org.thurn.transfer.reports.Counting;
import org.thurn.transfer.reports.SentReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows what is counted for reports of any kind, and what was sent. */
final class OutgoingReports {
  static final int MAX_SENT = 1_000;

  private final String counted;
  private final JsonNode arguments;
  private final Answer to;
  private boolean some;

  /**
   * @param counted what is counted, such as messages
   */
  OutgoingReports(String counted, JsonNode arguments, Answer to) {
    this.counted = counted;
    this.arguments = arguments;
    this.to = to;
  }

  void counting(List<Counting> counting) throws IOException {
    for (Counting one : counting) {
      some = true;
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      item.put("domain", one.domain()).put("day", one.day().toString()).put("state", "counting");
      item.put("rows", one.rows()).put(counted, one.messages()).put("omitted", one.omitted());
      String text =
          "%-30s %s  counting  %d %s in %d rows%s"
              .formatted(
                  one.domain(),
                  one.day(),
                  one.messages(),
                  counted,
                  one.rows(),
                  one.omitted() == 0 ? "" : ", " + one.omitted() + " " + counted + " had no room");
      DirectoryCommands.show(arguments, to, item, text);
    }
  }

  void sent(List<SentReport> reports) throws IOException {
    for (SentReport one : reports) {
      some = true;
      DirectoryCommands.show(arguments, to, item(one), text(one));
    }
  }

  void lost(long lost) throws IOException {
    if (!ReportCommands.json(arguments) && lost > 0) {
      to.text(lost + " " + counted + " of today are in no report: there are too many domains");
    }
  }

  Outcome outcome(String nothing) {
    return some ? Outcome.ok("") : Outcome.no(nothing);
  }

  private ObjectNode item(SentReport one) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("domain", one.domain()).put("day", one.day().toString());
    item.put("state", one.to().isEmpty() ? "not-sent" : "sent").put("at", one.at().toString());
    item.put("reports", one.reports()).put(counted, one.messages());
    one.to().forEach(receiver -> item.withArray("to").add(receiver));
    one.refused().forEach(why -> item.withArray("refused").add(why));
    return item;
  }

  private String text(SentReport one) {
    String receivers =
        one.to().isEmpty() ? "not sent  " : "sent      to " + String.join(", ", one.to()) + ", ";
    String refused = one.refused().isEmpty() ? "" : "; not to " + String.join("; ", one.refused());
    return "%-30s %s  %s%d %s%s"
        .formatted(one.domain(), one.day(), receivers, one.messages(), counted, refused);
  }
}
