package org.thurn.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Full mailboxes, and a load that is delivered into them by LMTP. */
final class StoreSubject extends Subject {
  private final AtomicLong next = new AtomicLong();

  StoreSubject(Stage stage, ScaleOptions options) {
    super(stage, options);
  }

  @Override
  Thurn prepare(Path folder) throws Exception {
    return Thurn.prepare(folder, stage.dns, 0, "");
  }

  @Override
  double fill(Thurn thurn, long messages) throws Exception {
    double seconds = MailFill.fill(thurn.state(), options.accounts(), messages);
    long there = MailFill.messages(thurn.state(), options.accounts());
    if (there != messages) {
      throw new IllegalStateException(there + " messages are there, not " + messages);
    }
    return seconds;
  }

  @Override
  Server server(Thurn thurn, Group group) {
    return new Server(thurn.lmtp(), true, group, thurn::empty, thurn::stored);
  }

  @Override
  Passage.Sending load(Server server, int n) {
    return new LmtpLoad(server.address(), n, options.accounts(), next)::send;
  }

  @Override
  List<String> questions() {
    return List.of("status");
  }

  @Override
  List<String> lastQuestions() {
    return List.of(options.whole() ? "store verify" : "store verify --quick");
  }
}
