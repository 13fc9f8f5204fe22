package org.thurn.authentication;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;

/**
 * Notes every answer on its way to who asked, so that a result can show what it rests on. Made for
 * one check or one message; whoever asks through it has a limit of questions, it has none itself.
 */
public final class NotedResolver implements Resolver {
  private final Resolver resolver;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

  public NotedResolver(Resolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public Answer ask(DnsName name, RecordType type) {
    Answer answer = resolver.ask(name, type);
    answers.add(answer);
    return answer;
  }

  /** The answers up to now, in the order in which they came. */
  public List<Answer> answers() {
    return List.copyOf(answers);
  }
}
