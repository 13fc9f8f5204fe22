package org.thurn.authentication.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes checks at random, the same ones from the same seed, with the zones that they need. */
final class SpfCases {
  private static final String LETTERS = "slodipvh";
  private static final String IN_EXPLANATIONS = LETTERS + "crt";
  private static final List<String> LOCAL_PARTS =
      List.of("me", "strong-bad", "a.b+c", "x_y=z", "postmaster", "", "jack&jill", "~up/down");
  private static final List<String> MISTAKES =
      List.of(
          "moo",
          "all:",
          "a:",
          "a/33",
          "mx//129",
          "ip4:192.0.2",
          "ip4:192.0.2.01",
          "ip6:2001:db8",
          "include",
          "exists",
          "include:",
          "redirect=",
          "exp=",
          "x=%",
          "exists:%{a}.x.test",
          "a:x.test/24/24",
          "ptr/24",
          "a:192.0.2.1",
          "mx:museum",
          "=all",
          "1x=y",
          "ip4",
          "-",
          "exists:%{d0}.x.test",
          "exists:%{c}.x.test",
          "exists:%{d-r}.x.test",
          "ip6:::1//64");

  private final Random random;
  private int number;
  private String domain = "";
  private List<String> zone = List.of();

  SpfCases(long seed) {
    random = new Random(seed);
  }

  /** The names of the clients: some lead back to them. */
  static List<String> clients() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      lines.add(i + ".2.0.192.in-addr.arpa. PTR h" + i + ".pool.test.");
      lines.add("h" + i + ".pool.test. A 192.0.2." + (i % 3 == 0 ? 99 : i));
    }
    lines.add("1.2.0.192.in-addr.arpa. PTR second.pool.test.");
    lines.add("second.pool.test. A 192.0.2.1");
    for (int i = 1; i <= 4; i++) {
      String nibbles = i + ".0".repeat(23) + ".8.b.d.0.1.0.0.2.ip6.arpa.";
      lines.add(nibbles + " PTR v" + i + ".pool.test.");
      lines.add("v" + i + ".pool.test. AAAA 2001:db8::" + (i == 3 ? 99 : i));
    }
    return lines;
  }

  SpfCase next() {
    number++;
    domain = "c" + number + ".test";
    zone = new ArrayList<>();
    String client = client();
    furnish(client);
    int kind = random.nextInt(100);
    String record =
        kind < 5 ? "" : kind < 12 ? spoilt() : "v=spf1" + terms(1 + random.nextInt(5), true);
    if (!record.isEmpty()) {
      txt(domain, record);
    }
    String sender = kind % 11 == 0 ? "" : one(LOCAL_PARTS) + "@" + domain;
    String helo =
        sender.isEmpty()
            ? domain
            : one(
                List.of(
                    "mail." + domain,
                    "h1.pool.test",
                    "OEMCOMPUTER",
                    "[192.0.2.1]",
                    "Mail-1.A.Test"));
    return new SpfCase(number, client, sender, helo, List.copyOf(zone));
  }

  private String client() {
    return random.nextInt(3) == 0
        ? "2001:db8::" + (1 + random.nextInt(5))
        : "192.0.2." + (1 + random.nextInt(9));
  }

  /** What any term of the case may lead to. */
  private void furnish(String client) {
    boolean ours = random.nextBoolean();
    String four = client.contains(":") ? "192.0.2.77" : client;
    String six = client.contains(":") ? client : "2001:db8::77";
    for (String host : List.of("", "host.", "mx1.")) {
      add(
          host,
          ours && random.nextBoolean() ? "A " + four : "A 192.0.2." + (100 + random.nextInt(100)));
      add(
          host,
          ours && random.nextBoolean() ? "AAAA " + six : "AAAA 2001:db8:9::" + random.nextInt(9));
    }
    add("alias.", "CNAME host." + domain + ".");
    add("", "MX 20 mx1." + domain + ".");
    add("", "MX 10 h2.pool.test.");
    add("null.", "MX 0 .");
    for (int i = 0; i < 11; i++) {
      add("many.", "MX " + i + " m" + i + "." + domain + ".");
      add("m" + i + ".", "A 192.0.2." + (150 + i));
      add("m" + i + ".", "AAAA 2001:db8:8::" + i);
    }
    for (int i = 0; i < 3; i++) {
      add("plain.", "MX 10 p" + i + "." + domain + ".");
      add("p" + i + ".", "A 192.0.2." + (200 + i));
    }
    if (random.nextBoolean()) {
      add("*.m.", "A 127.0.0.2");
    }
    txt("inc." + domain, "v=spf1" + terms(1 + random.nextInt(2), false));
    txt("red." + domain, "v=spf1" + terms(1 + random.nextInt(2), false));
    txt("two." + domain, "v=spf1 all");
    txt("two." + domain, "v=spf1 -all");
    txt("none." + domain, "not spf");
    txt("exp." + domain, explanation());
  }

  private void add(String label, String data) {
    zone.add(label + domain + ". " + data);
  }

  private void txt(String name, String text) {
    String quoted =
        IntStream.rangeClosed(0, text.length() / 255)
            .mapToObj(i -> text.substring(i * 255, Math.min(text.length(), i * 255 + 255)))
            .map(part -> '"' + part.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(" "));
    zone.add(name + ". TXT " + quoted);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String terms(int count, boolean whole) {
    StringBuilder terms = new StringBuilder();
    for (int i = 0; i < count; i++) {
      terms.append(chance(5) ? "  " : " ").append(one(List.of("", "", "", "+", "-", "~", "?")));
      terms.append(mechanism(whole));
    }
    if (chance(55)) {
      terms.append(' ').append(one(List.of("-", "-", "~", "?", ""))).append("all");
    } else if (whole && chance(50)) {
      terms
          .append(chance(10) ? " Redirect=" : " redirect=")
          .append(one(List.of("red.", "red.", "red.", "none.", "two.", "gone.")));
      terms.append(domain);
    }
    if (whole && chance(60)) {
      terms
          .append(" exp=")
          .append(one(List.of("exp.", "exp.", "exp.", "gone.", "inc.")))
          .append(domain);
    }
    for (int i = 0; i < 2 && chance(12); i++) {
      terms.append(" moo=").append(macro(LETTERS)).append("x");
    }
    return terms.toString();
  }

  private String mechanism(boolean whole) {
    List<Supplier<String>> kinds =
        List.of(
            () -> "a" + target() + dualCidr(),
            () -> "mx" + mxTarget() + dualCidr(),
            () -> "ptr" + one(List.of("", ":pool.test", ":" + domain, ":test.", ":h1.pool.test")),
            () ->
                "ip4:192.0.2."
                    + random.nextInt(16)
                    + one(List.of("", "/24", "/28", "/30", "/32", "/0")),
            () ->
                "ip6:2001:db8::"
                    + random.nextInt(8)
                    + one(List.of("", "/64", "/126", "/0", "/128")),
            () -> "exists:" + name(),
            () ->
                "exists:"
                    + macro(LETTERS)
                    + "."
                    + one(List.of("", "%%", "a%-b", "c%_d"))
                    + "."
                    + "m."
                    + domain);
    if (whole && chance(25)) {
      return "include:"
          + one(List.of("inc.", "inc.", "inc.", "inc.", "none.", "two.", "gone.", "bad.", ""))
          + one(List.of(domain, domain, "%{d}", "%{o}", "%{d2}"));
    }
    return chance(2) ? "all" : one(kinds).get();
  }

  private String target() {
    return chance(30) ? "" : ":" + (chance(15) ? macro("lh") + ".m." + domain : name());
  }

  private String mxTarget() {
    return one(
        List.of(
            "",
            "",
            ":" + domain,
            ":null." + domain,
            ":many." + domain,
            ":plain." + domain,
            ":host." + domain,
            ":bad." + domain));
  }

  private String name() {
    return one(List.of("host.", "host.", "alias.", "mx1.", "gone.", "none.", "bad.", "Host."))
        + one(List.of(domain, domain, domain + ".", "%{d}", "%{o}"));
  }

  private String dualCidr() {
    return one(List.of("", "", "", "/24", "/32", "/0", "//64", "//128", "/28//48", "//0"));
  }

  private String macro(String letters) {
    char letter = letters.charAt(random.nextInt(letters.length()));
    return "%{"
        + (chance(20) ? Character.toUpperCase(letter) : letter)
        + one(List.of("", "", "1", "2", "3", "12", "130"))
        + (chance(30) ? "r" : "")
        + one(List.of("", "", "", "-", ".", "-+", "=_/,+-."))
        + "}";
  }

  private String explanation() {
    StringBuilder text = new StringBuilder(one(List.of("See ", "No: ", "")));
    for (int i = 0; i < 3; i++) {
      text.append(macro(IN_EXPLANATIONS)).append(one(List.of(" ", ".", "%_", "%%", "%-", "?x=")));
    }
    return chance(20) ? text + one(List.of("%(", "%%%(", "%%%(")) : text.toString();
  }

  /** A record with a mistake: one of the list, or a character too many, too few or another. */
  private String spoilt() {
    String good = "v=spf1" + terms(1 + random.nextInt(3), true);
    if (chance(50)) {
      return good + " " + one(MISTAKES);
    }
    int at = 6 + random.nextInt(good.length() - 6);
    char c = " %{}:/=.-+~?_,1a".charAt(random.nextInt(16));
    return switch (random.nextInt(3)) {
      case 0 -> good.substring(0, at) + c + good.substring(at);
      case 1 -> good.substring(0, at) + good.substring(at + 1);
      default -> good.substring(0, at) + c + good.substring(at + 1);
    };
  }
}
