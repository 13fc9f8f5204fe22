package org.thurn.bench;
import java.util.List;
final class ImapRun { static List<MailboxFigures> all(Stage s, Options o) { return List.of(); } }
