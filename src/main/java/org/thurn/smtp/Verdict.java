package org.thurn.smtp;

/** What the house says to one step of a dialogue; the reply carries the code and the words. */
public sealed interface Verdict {
  Reply reply();

  record Accept(Reply reply) implements Verdict {}

  /** 4xx: try again later. The reason is for the journey, not for the peer. */
  record Defer(Reply reply, String reason) implements Verdict {}

  /** 5xx: never. */
  record Reject(Reply reply, String reason) implements Verdict {}

  static Verdict accept(String status, String text) {
    return new Accept(Reply.of(250, status, text));
  }

  static Verdict defer(int code, String status, String text, String reason) {
    return new Defer(Reply.of(code, status, text), reason);
  }

  static Verdict reject(int code, String status, String text, String reason) {
    return new Reject(Reply.of(code, status, text), reason);
  }

  default boolean accepted() {
    return this instanceof Accept;
  }
}
