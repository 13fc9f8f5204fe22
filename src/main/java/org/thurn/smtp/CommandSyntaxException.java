package org.thurn.smtp;

/** A command that its grammar does not allow; it carries what the client is told. */
final class CommandSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  CommandSyntaxException(int code, String status, String text) {
    super(text, null, false, false);
    this.reply = Reply.of(code, status, Character.toUpperCase(text.charAt(0)) + text.substring(1));
  }

  /** Wrong arguments: 501 5.5.4. */
  static CommandSyntaxException argument(String text) {
    return new CommandSyntaxException(501, "5.5.4", text);
  }

  Reply reply() {
    return reply;
  }
}
