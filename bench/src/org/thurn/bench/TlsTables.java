package org.thurn.bench;

import static org.thurn.bench.Report.head;
import static org.thurn.bench.Report.median;
import static org.thurn.bench.Report.number;
import static org.thurn.bench.Report.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurn.bench.TlsFigures.Held;
import org.thurn.bench.TlsFigures.Passed;
import org.thurn.bench.TlsVisit.Way;

/** The tables of bench/tls. */
final class TlsTables {
  private TlsTables() {}

  static String markdown(TlsFigures figures) {
    return passed(figures.passed()) + "\n" + held(figures.held());
  }

  private static String passed(List<Passed> passed) {
    StringBuilder text =
        new StringBuilder(
            head(
                4,
                "TLS",
                "the client offers",
                "server",
                "agreed",
                "connections/s",
                "CPU ms/connection",
                "CPU ms that TLS adds",
                "others' cores",
                "disturbed"));
    Map<String, List<Passed>> cells = new LinkedHashMap<>();
    passed.forEach(
        one ->
            cells
                .computeIfAbsent(
                    one.way() + " " + one.offer() + " " + one.server(), _ -> new ArrayList<>())
                .add(one));
    cells.values().forEach(rounds -> text.append(passed(rounds, passed)));
    return text.toString();
  }

  private static String passed(List<Passed> rounds, List<Passed> all) {
    Passed first = rounds.getFirst();
    boolean plain = first.way() == Way.PLAIN;
    List<Passed> without =
        all.stream()
            .filter(one -> one.way() == Way.PLAIN && one.server().equals(first.server()))
            .toList();
    double millis = median(rounds, Passed::millis);
    long disturbed = rounds.stream().filter(Passed::disturbed).count();
    return row(
        first.way().label,
        plain ? "" : first.offer().label,
        first.server(),
        first.agreed(),
        median(rounds, Passed::perSecond),
        millis,
        plain ? "" : number(millis - median(without, Passed::millis)),
        median(rounds, Passed::others),
        disturbed == 0 ? "" : disturbed + " of " + rounds.size());
  }

  private static String held(List<Held> held) {
    StringBuilder text =
        new StringBuilder(
            head(
                2,
                "connections that wait: TLS",
                "server",
                "number",
                "MiB before",
                "MiB after",
                "KiB each",
                "MiB collected",
                "KiB each, collected"));
    for (Held one : held) {
      text.append(
          row(
              one.way().label,
              one.server(),
              one.connections(),
              one.before(),
              one.after(),
              one.kibEach(),
              one.collected(),
              one.kibCollected()));
    }
    return text.toString();
  }
}
