package org.thurn.lab.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.thurn.lab.attack.Played;
import org.thurn.lab.attack.Recording;

/** Shows what the attacker recorded: lines where he can read them, octets where he cannot. */
final class RecordingView {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int IN_A_ROW = 16;

  /** More of one thing is of no use on a page; programs get all. */
  private static final int MOST_OCTETS = 2_048;

  private final Set<String> secret;

  private RecordingView(Set<String> secret) {
    this.secret = secret;
  }

  static Html of(Played played) {
    List<Recording.Item> items = played.trace().attacker();
    if (items.isEmpty()) {
      return Html.element("p", "Nothing: nobody connected to him.");
    }
    RecordingView view = new RecordingView(Set.copyOf(played.read().lines().toList()));
    List<Html> rows = new ArrayList<>();
    int connection = 0;
    for (Recording.Item item : items) {
      if (item.connection() != connection) {
        connection = item.connection();
        rows.add(row("deed", "", Html.text("Connection " + connection)));
      }
      rows.addAll(view.rows(item));
    }
    return Html.element("ol").classed("events recording").with("id", "recording").add(rows);
  }

  private List<Html> rows(Recording.Item item) {
    return switch (item) {
      case Recording.Did(int _, var words) ->
          List.of(row("deed", "✂", Html.text("He " + words + ".")));
      case Recording.Said said -> said.readable() ? lines(said) : List.of(sealed(said));
    };
  }

  private List<Html> lines(Recording.Said said) {
    return said.octets()
        .lines()
        .map(
            line -> {
              boolean leaked = !line.isBlank() && secret.contains(line);
              return row(style(said) + (leaked ? " leaked" : ""), who(said), Html.foreign(line));
            })
        .toList();
  }

  private static Html sealed(Recording.Said said) {
    byte[] octets = said.octets().getBytes(StandardCharsets.ISO_8859_1);
    Html words =
        Html.element(
            "details",
            Html.element("summary", octets.length + " octets that he cannot read"),
            Html.element("pre", dump(octets)));
    return row(style(said) + " sealed", who(said), words);
  }

  private static String dump(byte[] octets) {
    StringBuilder text = new StringBuilder();
    int most = Math.min(octets.length, MOST_OCTETS);
    for (int at = 0; at < most; at += IN_A_ROW) {
      text.append(HEX.formatHex(octets, at, Math.min(at + IN_A_ROW, most))).append('\n');
    }
    if (octets.length > most) {
      text.append("… and ").append(octets.length - most).append(" more");
    }
    return text.toString();
  }

  private static String who(Recording.Said said) {
    return said.speaker() == Recording.Speaker.SENDER ? "C:" : "S:";
  }

  private static String style(Recording.Said said) {
    return said.speaker() == Recording.Speaker.SENDER ? "from-client site-0" : "from-server site-1";
  }

  private static Html row(String style, String who, Html words) {
    return Html.element(
            "li",
            Html.element("span", who).classed("who"),
            Html.element("span", words).classed("words said"))
        .classed(style);
  }
}
