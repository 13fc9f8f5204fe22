package org.thurn.authentication.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.thurn.authentication.NotedResolver;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;

/**
 * Fetches the keys of one message's signatures, side by side and each once: {@link #begin} starts a
 * question, {@link #await} waits for its answer, as long as the resolver's own time-out lets it.
 */
public final class KeyLookup {
  /** RFC 6376 §3.6.2.2 leaves it open what several records mean; a signature costs no more. */
  public static final int MAX_RECORDS = 3;

  private final Resolver resolver;
  private final Map<DnsName, FutureTask<KeyAnswer>> asked = new HashMap<>();

  public KeyLookup(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Asks for the signature's key, unless it was asked for before. */
  public void begin(MessageSignature signature) {
    asked.computeIfAbsent(
        signature.keyName(),
        name -> {
          FutureTask<KeyAnswer> question = new FutureTask<>(() -> ask(name));
          Thread.ofVirtual().name("dkim-key").start(question);
          return question;
        });
  }

  /** The answer to what was begun. */
  public KeyAnswer await(MessageSignature signature) throws InterruptedException {
    begin(signature);
    FutureTask<KeyAnswer> question = asked.get(signature.keyName());
    try {
      return question == null ? ask(signature.keyName()) : question.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a resolver never throws", e);
    }
  }

  private KeyAnswer ask(DnsName name) {
    NotedResolver noted = new NotedResolver(resolver);
    Answer answer = noted.ask(name, RecordType.TXT);
    boolean secure = answer.security() == Security.SECURE;
    return switch (answer.status()) {
      case FOUND -> read(name, answer, secure, noted.answers());
      case NO_DATA, NO_SUCH_NAME -> {
        String words = "there is no key at " + name.text();
        yield new KeyAnswer.Missing(Cause.NO_KEY, words, secure, noted.answers());
      }
      case TEMPORARY_FAILURE -> {
        String why = answer.explanation().isEmpty() ? "" : ": " + answer.explanation();
        String words = "the DNS did not answer for " + name.text() + why;
        yield new KeyAnswer.Missing(Cause.NO_ANSWER, words, secure, noted.answers());
      }
    };
  }

  /** Takes the records that are keys; a wildcard may bring others. */
  private static KeyAnswer read(DnsName name, Answer answer, boolean secure, List<Answer> answers) {
    List<DkimKeyRecord> records = new ArrayList<>();
    String mistake = "there is no text";
    for (RecordData.Txt text : answer.all(RecordData.Txt.class).toList()) {
      try {
        if (records.size() < MAX_RECORDS) {
          records.add(DkimKeyRecord.parse(text.joined()));
        }
      } catch (KeySyntaxException e) {
        mistake = e.words();
      }
    }
    return records.isEmpty()
        ? new KeyAnswer.Missing(
            Cause.BAD_KEY,
            "the record at " + name.text() + " is no key: " + mistake,
            secure,
            answers)
        : new KeyAnswer.Found(records, secure, answers);
  }
}
