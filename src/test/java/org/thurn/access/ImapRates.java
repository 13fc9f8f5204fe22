package org.thurn.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.thurn.journey.QueueId;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Delivery;
import org.thurn.mailbox.DeliveryMark;
import org.thurn.mailbox.Email;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.NewEmail;
import org.thurn.mailbox.UidSet;
import org.thurn.store.Body;
import org.thurn.store.Commit;

/** Measures IMAP commands over a mailbox of 100,000 messages, on a socket. Run it by hand. */
final class ImapRates {
  private static final int MESSAGES = 100_000;
  private static final String[] COMMANDS = {
    "SELECT INBOX",
    "FETCH 1:* (FLAGS)",
    "UID FETCH 1:* (FLAGS)",
    "FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)",
    "FETCH 1:* (ENVELOPE)",
    "UID SEARCH UNSEEN",
    "STORE 1:* +FLAGS.SILENT (\\Seen)",
    "STORE 1:* -FLAGS.SILENT (\\Seen)",
  };
  private final byte[] buffer = new byte[1 << 16];
  private final InputStream in;
  private final OutputStream out;

  private ImapRates(Socket socket) throws IOException {
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Arguments: an empty directory on the disk to measure, and how many rounds (5). */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    AccessServer.Options options = AccessServer.Options.DEFAULT;
    try (AccessServer server = new AccessServer(Path.of(args[0]), options);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.imap())) {
      fill(server);
      ImapRates client = new ImapRates(socket);
      client.command("LOGIN alice@strict.example secret");
      for (int round = 0; round < rounds; round++) {
        for (String command : COMMANDS) {
          client.measure(command);
        }
      }
      client.measure("STORE 1:* +FLAGS.SILENT (\\Deleted)");
      client.measure("EXPUNGE");
    }
  }

  /**
   * Wall time, and the processor time of the whole process: this client's and the compiler's too.
   */
  private void measure(String command) throws IOException {
    long cpu = processorTime();
    long before = System.nanoTime();
    long octets = command(command);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    long busy = TimeUnit.NANOSECONDS.toMillis(processorTime() - cpu);
    System.out.printf("%-48s %6d ms %6d ms cpu %9d octets%n", command, millis, busy, octets);
  }

  private static long processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static void fill(AccessServer server) {
    server.append("INBOX", Messages.PLAIN, Flags.NONE);
    AccountMail mail = server.mail(AccessServer.ALICE);
    Email first =
        mail.email(mail.messages(MailboxId.INBOX, UidSet.ALL, 1).getFirst().email()).orElseThrow();
    Body body = server.body(first.body());
    Commit<Delivery> last = null;
    for (int i = 1; i < MESSAGES; i++) {
      DeliveryMark mark = new DeliveryMark(new QueueId("%013d".formatted(i)), AccessServer.ALICE);
      NewEmail email =
          new NewEmail(new byte[0], Flags.NONE, AccessServer.DATE.plusSeconds(i), new byte[0]);
      last = mail.deliver(mark, MailboxName.INBOX, body, email);
    }
    if (last != null) {
      last.awaitDurable();
    }
  }

  /** Sends it, reads up to its tagged reply, and returns how many octets came. */
  private long command(String command) throws IOException {
    out.write(("tag " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    long octets = 0;
    byte[] tail = new byte[0];
    while (!ended(tail)) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("closed");
      }
      octets += count;
      int from = Math.max(0, count - 300);
      byte[] both = Arrays.copyOf(tail, tail.length + count - from);
      System.arraycopy(buffer, from, both, tail.length, count - from);
      tail = Arrays.copyOfRange(both, Math.max(0, both.length - 300), both.length);
    }
    return octets;
  }

  private static boolean ended(byte[] tail) {
    String text = new String(tail, StandardCharsets.ISO_8859_1);
    int line = text.endsWith("\r\n") ? text.lastIndexOf("\n", text.length() - 2) : -2;
    return line > -2 && text.startsWith("tag ", line + 1);
  }
}
