package org.thurn.access.imap.grammar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Pieces;
import org.thurn.fuzz.Promise;
import org.thurn.net.CrlfReader;

/** Commands of an IMAP client, one after the other; the names of mailboxes, and dates. */
public final class FuzzedImapCommands {
  private static final int LIMIT = 16 << 10;

  private FuzzedImapCommands() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedImapCommands::commands, FuzzedImapCommands::texts);
  }

  private static void commands(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(octets, 1, octets.length);
    StringBuilder whole = new StringBuilder();
    read(new ImapInput(new CrlfReader(new Pieces(stream, LIMIT), LIMIT), LIMIT, () -> {}), whole);
    StringBuilder pieces = new StringBuilder();
    int piece = 1 + (octets[0] & 0x1f);
    read(new ImapInput(new CrlfReader(new Pieces(stream, piece), 64), LIMIT, () -> {}), pieces);
    Promise.same(whole.toString(), pieces.toString(), "the commands in pieces");
  }

  private static void read(ImapInput input, StringBuilder read) {
    try {
      while (command(input, read)) {
        input.limit(LIMIT);
      }
    } catch (IOException e) {
      read.append("the peer left\n");
    } catch (ImapSyntaxException e) {
      read.append("lost\n"); // where the next command begins cannot be told
    }
  }

  private static boolean command(ImapInput input, StringBuilder read)
      throws IOException, ImapSyntaxException {
    try {
      if (!input.next()) {
        return false;
      }
      ImapParser parser = new ImapParser(input);
      read.append(parser.tag()).append(' ');
      ImapCommand command = parser.command();
      read.append(command).append('\n');
      if (command instanceof ImapCommand.Append append) {
        input.swallow(append.message());
        input.goOn();
      }
    } catch (ImapSyntaxException e) {
      String said = String.valueOf(e.getMessage());
      boolean shown = said.chars().allMatch(c -> c >= ' ' && c <= '~');
      Promise.holds(shown, () -> "no text for a reply: " + said);
      read.append(said).append('\n');
      input.recover();
      return !e.fatal();
    }
    return true;
  }

  private static void texts(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    Optional<String> name = ModifiedUtf7.decode(text);
    name.ifPresent(n -> Promise.same(text, ModifiedUtf7.encode(n), "a mailbox's name"));
    if (text.indexOf('\ufffd') < 0) {
      String written = ModifiedUtf7.encode(text);
      Promise.same(Optional.of(text), ModifiedUtf7.decode(written), "the name as " + written);
    }
    ImapDates.dateTime(text)
        .ifPresent(
            date -> {
              String written = ImapDates.format(date.toInstant());
              var again = ImapDates.dateTime(written);
              Promise.holds(again.isPresent(), () -> "not read again: " + written);
              Promise.same(date.toInstant(), again.orElseThrow().toInstant(), written);
            });
    Optional<LocalDate> date = ImapDates.date(text);
    Promise.holds(date.isEmpty() || date.get().getYear() >= 0, () -> "a year: " + date);
  }
}
