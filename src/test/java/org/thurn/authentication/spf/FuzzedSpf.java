package org.thurn.authentication.spf;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.thurn.authentication.spf.Checks.StillTime;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.message.HeaderField;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;

/** Records, explanations, and whole checks against a DNS that answers what the input says. */
public final class FuzzedSpf {
  /** As LimitsTest counts them. */
  private static final int MOST_QUESTIONS = 1 + 10 * 11 + 11 + 1;

  private static final StillTime TIME = new StillTime();

  private FuzzedSpf() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedSpf::record, FuzzedSpf::explanation, FuzzedSpf::check);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** Read, written and read again, a record is the same; a mistake has a place and words. */
  private static void record(byte[] octets) {
    String text = text(octets);
    try {
      SpfRecord record = SpfRecord.parse(text);
      Promise.same(record, SpfRecord.parse(record.toString()), "the record");
      Promise.holds(record.reached().size() <= record.terms().size(), record::toString);
    } catch (SpfSyntaxException e) {
      boolean placed = e.position() > 0 && e.position() <= text.length() + 1;
      Promise.holds(placed, () -> "a mistake at " + e.position());
      Promise.holds(shown(e.shown()), e::shown);
    }
  }

  private static boolean shown(String words) {
    return words.length() < 2_000 && words.chars().noneMatch(Character::isISOControl);
  }

  /** The first line is the sender's local part, the second the HELO name, the rest a text. */
  private static void explanation(byte[] octets) {
    String[] lines = (text(octets) + "\n\n").split("\n", 3);
    SpfRequest request =
        new SpfRequest(
            IpAddress.of("2001:db8::1"), lines[1], Identity.MAILFROM, lines[0], "example.com");
    Resolver dns = new Replies("P a.example.com".lines().toList(), request.client());
    Questions questions = new Questions(dns, Checks.SETTINGS, TIME);
    ClientNames names = new ClientNames(request.client(), questions, Checks.SETTINGS);
    MacroExpander macros = new MacroExpander(request, Checks.SETTINGS, names, TIME.now());
    try {
      MacroString text = MacroParser.explainString(lines[2].strip());
      String words = macros.explanation(text, "example.com");
      boolean visible = words.chars().allMatch(c -> c >= ' ' && c <= '~');
      Promise.holds(visible && words.length() <= SpfSettings.EXPLANATION_LENGTH, () -> words);
      String name = macros.target(new DomainSpec(text), "example.com").text();
      int most = Math.max(253, name.indexOf('.') < 0 ? Integer.MAX_VALUE : 0);
      int length = name.getBytes(StandardCharsets.UTF_8).length;
      Promise.holds(length <= most, () -> "a name of " + length + " octets");
    } catch (SpfSyntaxException e) {
      Promise.holds(shown(e.shown()), e::shown);
    } catch (CheckEnded e) {
      Promise.holds(shown(e.reason()), e::reason);
    }
  }

  /**
   * The first line is the client's address, the second the HELO name, the third the sender; each
   * line after it is one answer of the DNS, and after the last the first comes again.
   */
  private static void check(byte[] octets) {
    List<String> lines = text(octets).lines().toList();
    if (lines.size() < 4) {
      return;
    }
    InetAddress client = IpAddress.of(lines.getFirst().contains("6") ? "2001:db8::1" : "192.0.2.1");
    int at = lines.get(2).lastIndexOf('@');
    SpfRequest request =
        new SpfRequest(
            client,
            lines.get(1),
            at < 0 ? Identity.HELO : Identity.MAILFROM,
            lines.get(2).substring(0, Math.max(at, 0)),
            at < 0 ? lines.get(1) : lines.get(2).substring(at + 1));
    List<String> answers = lines.subList(3, lines.size());
    SpfResult result = Checks.check(new Replies(answers, client), request);
    Promise.holds(shown(result.reason()), result::reason);
    int questions = result.answers().size();
    Promise.holds(questions <= MOST_QUESTIONS, () -> questions + " questions");
    Promise.holds(result.lookUps() <= SpfSettings.LOOK_UPS, () -> "look-ups " + result.lookUps());
    HeaderField field = ReceivedSpf.of(request, result, Checks.RECEIVER);
    Promise.holds(field.isWellFormed(), field::toString);
    SpfTree tree = SpfTree.of(Domain.of("example.com"), new Replies(answers, client), TIME);
    Promise.holds(tree.questions() <= SpfTree.MAX_QUESTIONS, () -> "questions " + tree.questions());
    Promise.holds(tree.lines().size() <= SpfTree.MAX_NODES, () -> "nodes " + tree.lines().size());
    Promise.holds(tree.lines().stream().allMatch(FuzzedSpf::shown), () -> "a line of the tree");
    Promise.holds(tree.problems().stream().allMatch(FuzzedSpf::shown), () -> "a problem");
  }

  /**
   * Answers by lines, in turn: T a text, A an address (the client's own if it ends in "!"), M and P
   * names, N no such name, F a failure; anything else no data.
   */
  private static final class Replies implements Resolver {
    private final List<String> lines;
    private final InetAddress client;
    private int next;

    Replies(List<String> lines, InetAddress client) {
      this.lines = lines;
      this.client = client;
    }

    @Override
    public Answer ask(DnsName name, RecordType type) {
      String line = lines.get(next++ % lines.size());
      String rest = line.isEmpty() ? "" : line.substring(1).strip();
      List<RecordData> records =
          switch (type) {
            case TXT ->
                line.startsWith("T") ? List.of(new RecordData.Txt(List.of(rest))) : List.of();
            case A, AAAA -> line.startsWith("A") ? List.of(address(rest, type)) : List.of();
            case MX ->
                names(line, 'M').<RecordData>map(n -> new RecordData.Mx(rest.length(), n)).toList();
            case PTR -> names(line, 'P').<RecordData>map(RecordData.Ptr::new).toList();
            case NS, CNAME, SOA, DS, TLSA, HTTPS, CAA -> List.of();
          };
      Answer.Status none =
          line.startsWith("N") ? Answer.Status.NO_SUCH_NAME : Answer.Status.NO_DATA;
      Answer.Status status = records.isEmpty() ? none : Answer.Status.FOUND;
      if (line.startsWith("F")) {
        status = Answer.Status.TEMPORARY_FAILURE;
      }
      return new Answer(
          name,
          type,
          status,
          Security.INSECURE,
          name,
          records,
          Duration.ZERO,
          "",
          Duration.ZERO,
          rest);
    }

    private RecordData address(String rest, RecordType type) {
      boolean six = type == RecordType.AAAA;
      InetAddress other = IpAddress.of(six ? "2001:db8::99" : "192.0.2.99");
      InetAddress address = rest.endsWith("!") ? client : other;
      return switch (address) {
        case Inet4Address four -> new RecordData.A(four);
        case Inet6Address v6 -> new RecordData.Aaaa(v6);
        default -> throw new IllegalStateException("no address " + address);
      };
    }

    private static Stream<DnsName> names(String line, char sign) {
      return line.isEmpty() || line.charAt(0) != sign
          ? Stream.empty()
          : Arrays.stream(line.substring(1).strip().split(" ")).flatMap(Replies::name);
    }

    private static Stream<DnsName> name(String text) {
      return text.equals(".") ? Stream.of(DnsName.ROOT) : TargetName.of(text).name().stream();
    }
  }
}
