package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import org.thurn.net.CrlfReader;

/**
 * How long single messages take at a modest rate, in milliseconds.
 *
 * @param dataMedian half of the messages were accepted at most so long after their last octet
 * @param dataSlow 99 of 100 were
 * @param wholeMedian the same since the connection was asked for
 * @param wholeSlow the same
 */
record Latency(double dataMedian, double dataSlow, double wholeMedian, double wholeSlow) {
  /** A message every 20 ms: 50 a second, far below what any server here takes. */
  private static final long EVERY_NANOS = 20_000_000;

  private static final byte[] MESSAGE = message();

  /** Sends so many messages, one after the other. */
  static Latency measure(Server server, Workload workload, int probes) throws IOException {
    double[] data = new double[probes];
    double[] whole = new double[probes];
    long due = System.nanoTime();
    for (int i = 0; i < probes; i++) {
      Pause.nanos(due - System.nanoTime());
      due = Math.max(due + EVERY_NANOS, System.nanoTime());
      String recipient = "user" + i % workload.mailboxes + "@" + workload.domain();
      long begin = System.nanoTime();
      long sent = send(server, recipient);
      long end = System.nanoTime();
      data[i] = (end - sent) / 1e6;
      whole[i] = (end - begin) / 1e6;
    }
    return new Latency(
        percentile(data, 50), percentile(data, 99), percentile(whole, 50), percentile(whole, 99));
  }

  /** Nearest rank; sorts its argument. */
  static double percentile(double[] values, int percent) {
    Arrays.sort(values);
    int rank = (int) Math.ceil(values.length * percent / 100.0);
    return values[Math.max(0, rank - 1)];
  }

  /**
   * One message over a connection of its own; returns when it was accepted.
   *
   * @return when the last octet had left, in {@link System#nanoTime}
   */
  private static long send(Server server, String recipient) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(server.address());
      CrlfReader in = new CrlfReader(socket.getInputStream(), 4096);
      OutputStream out = socket.getOutputStream();
      expect(in, "220");
      say(out, in, (server.lmtp() ? "LHLO" : "EHLO") + " client.example", "250");
      say(out, in, "MAIL FROM:<sender@client.example>", "250");
      say(out, in, "RCPT TO:<" + recipient + ">", "250");
      say(out, in, "DATA", "354");
      out.write(MESSAGE);
      long sent = System.nanoTime();
      expect(in, "250");
      out.write("QUIT\r\n".getBytes(US_ASCII));
      return sent;
    }
  }

  static void say(OutputStream out, CrlfReader in, String command, String code) throws IOException {
    out.write((command + "\r\n").getBytes(US_ASCII));
    expect(in, code);
  }

  static void expect(CrlfReader in, String code) throws IOException {
    String line;
    do {
      if (!(in.readLine(2000) instanceof CrlfReader.Line.Text text)) {
        throw new IOException("no reply line where " + code + " should come");
      }
      line = text.latin1();
      if (!line.startsWith(code)) {
        throw new IOException("not " + code + ": " + line);
      }
    } while (line.startsWith("-", 3));
  }

  private static byte[] message() {
    String head =
        """
        From: <sender@client.example>
        To: <user@bench.example>
        Date: Thu, 26 Nov 2026 12:00:00 +0000
        Message-Id: <probe@client.example>
        Subject: a probe

        """
            .replace("\n", "\r\n");
    String line = "0123456789".repeat(7) + "\r\n";
    return (head + line.repeat(Load.OCTETS / line.length()) + ".\r\n").getBytes(US_ASCII);
  }
}
