package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.thurn.net.CrlfReader;

/**
 * Small messages by LMTP, each to the next account, a hundred over one connection: what smtp-source
 * does not do.
 *
 * @param messages of one load
 */
record LmtpLoad(InetSocketAddress address, int messages, int accounts, AtomicLong next) {
  private static final int SESSIONS = 10;
  private static final int A_CONNECTION = 100;

  /** Returns when the last one was accepted. */
  void send() throws Exception {
    long end = next.get() + messages;
    try (ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Callable<Boolean> session = () -> session(end);
        ends.add(sessions.submit(session));
      }
      for (Future<Boolean> one : ends) {
        one.get();
      }
    }
    next.set(end);
  }

  private boolean session(long end) throws IOException {
    boolean more = true;
    while (more) {
      try (Socket socket = new Socket()) {
        socket.setTcpNoDelay(true);
        socket.connect(address);
        CrlfReader in = new CrlfReader(socket.getInputStream(), 4096);
        OutputStream out = socket.getOutputStream();
        Latency.expect(in, "220");
        Latency.say(out, in, "LHLO client.example", "250");
        for (int i = 0; more && i < A_CONNECTION; i++) {
          long number = next.getAndIncrement();
          more = number < end;
          if (more) {
            message(in, out, number);
          }
        }
        Latency.say(out, in, "QUIT", "221");
      }
    }
    return true;
  }

  private void message(CrlfReader in, OutputStream out, long number) throws IOException {
    String to = MailFill.address(number % accounts);
    Latency.say(out, in, "MAIL FROM:<sender@client.example>", "250");
    Latency.say(out, in, "RCPT TO:<" + to + ">", "250");
    Latency.say(out, in, "DATA", "354");
    out.write(SmallMessage.of(number, to));
    out.write(".\r\n".getBytes(US_ASCII));
    Latency.expect(in, "250");
  }
}
