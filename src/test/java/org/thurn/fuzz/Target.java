package org.thurn.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.thurn.access.imap.FuzzedStructure;
import org.thurn.access.imap.grammar.FuzzedImapCommands;
import org.thurn.access.pop3.FuzzedPop3Commands;
import org.thurn.admin.FuzzedControl;
import org.thurn.authentication.arc.FuzzedArc;
import org.thurn.authentication.dkim.FuzzedDkim;
import org.thurn.authentication.dmarc.report.FuzzedDmarc;
import org.thurn.authentication.results.FuzzedResults;
import org.thurn.authentication.spf.FuzzedSpf;
import org.thurn.directory.FuzzedDirectoryRows;
import org.thurn.dns.FuzzedDns;
import org.thurn.journal.FuzzedBlocks;
import org.thurn.mailbox.FuzzedMailboxRows;
import org.thurn.message.FuzzedAddresses;
import org.thurn.message.FuzzedHeaders;
import org.thurn.message.FuzzedMime;
import org.thurn.name.FuzzedNames;
import org.thurn.net.FuzzedLines;
import org.thurn.net.http.FuzzedAnswers;
import org.thurn.queue.FuzzedQueueRows;
import org.thurn.sasl.FuzzedSasl;
import org.thurn.server.FuzzedSettings;
import org.thurn.smtp.client.FuzzedCommands;
import org.thurn.smtp.client.FuzzedReplies;
import org.thurn.smtp.client.FuzzedStuffing;
import org.thurn.smtp.server.FuzzedData;
import org.thurn.tls.dane.FuzzedDane;
import org.thurn.tls.mtasts.FuzzedMtaSts;
import org.thurn.transfer.tlsreports.FuzzedTlsReports;

/** Every target: what a stranger reaches, and what a damaged disk does. */
enum Target {
  SMTP_COMMANDS(
      "smtp-commands",
      "one command line; what we write is read as it was",
      "smtp",
      folder -> new FuzzedCommands()),
  SMTP_REPLIES(
      "smtp-replies",
      "a server's greeting, its reply to EHLO, replies",
      "smtp",
      folder -> new FuzzedReplies()),
  SMTP_DATA(
      "smtp-data",
      "dot-stuffing, both ways",
      "smtp",
      folder -> Choice.of(new FuzzedData(), new FuzzedStuffing())),
  NAMES(
      "names",
      "paths, mailboxes, domains, literals, IP addresses",
      "smtp",
      folder -> FuzzedNames.all()),
  ADDRESSES(
      "addresses", "address fields, read and written", "message", folder -> new FuzzedAddresses()),
  HEADERS(
      "headers",
      "header sections, dates, identifiers, types, encoded words",
      "message",
      folder -> FuzzedHeaders.all()),
  MIME(
      "mime",
      "whole messages, their parts, their conversion",
      "message",
      folder -> new FuzzedMime()),
  LINES(
      "lines",
      "CRLF lines in any pieces, PROXY headers, networks",
      "",
      folder -> FuzzedLines.all()),
  IMAP_COMMANDS(
      "imap-commands",
      "IMAP commands, names of mailboxes, dates",
      "imap",
      folder -> FuzzedImapCommands.all()),
  IMAP_STRUCTURE(
      "imap-structure",
      "ENVELOPE and BODYSTRUCTURE of any message",
      "message",
      folder -> new FuzzedStructure()),
  POP3_COMMANDS("pop3-commands", "one command line", "pop3", folder -> new FuzzedPop3Commands()),
  SASL("sasl", "PLAIN, LOGIN, SCRAM, both sides; passwords", "", folder -> FuzzedSasl.all()),
  DNS("dns", "answers, questions, zone texts, names", "", folder -> FuzzedDns.all()),
  DANE("dane", "TLSA records, certificates in chains", "", folder -> FuzzedDane.all()),
  MTA_STS(
      "mta-sts",
      "records, policies, names they are asked by, rows of them",
      "mta-sts",
      folder -> FuzzedMtaSts.all()),
  TLS_REPORTS(
      "tls-reports",
      "records, reports, mail that brings one, rows of them",
      "tls-reports",
      folder -> FuzzedTlsReports.all()),
  HTTP("http", "what a web server answers", "", folder -> new FuzzedAnswers()),
  SPF("spf", "records, explanations, whole checks", "spf", folder -> FuzzedSpf.all()),
  DKIM("dkim", "signatures, key records, whole messages", "dkim", folder -> FuzzedDkim.all()),
  RESULTS(
      "results",
      "Authentication-Results of others, and ours with a stranger's words",
      "results",
      folder -> FuzzedResults.all()),
  DMARC(
      "dmarc",
      "policy records, aggregate and failure reports, rows of them",
      "dmarc",
      folder -> FuzzedDmarc.all()),
  ARC("arc", "chains of others, and what we seal", "arc", folder -> FuzzedArc.all()),
  SETTINGS("settings", "thurn.toml", "", folder -> new FuzzedSettings()),
  ROWS(
      "rows",
      "journal, queue, mailbox and directory rows of a damaged disk",
      "",
      folder ->
          Choice.of(
              new FuzzedBlocks(),
              FuzzedQueueRows.all(),
              FuzzedMailboxRows.all(),
              FuzzedDirectoryRows.all())),
  CONTROL("control", "requests on the control socket", "", folder -> new FuzzedControl()),
  SMTP_SESSION(
      "smtp-session", "sessions: fresh, after EHLO, MAIL, RCPT", "smtp", SmtpSessions::commands),
  SMTP_MESSAGE(
      "smtp-message", "sessions: in DATA, in BDAT, between chunks", "smtp", SmtpSessions::message),
  SUBMISSION(
      "submission",
      "sessions: before, in and after AUTH, in DATA",
      "smtp",
      SmtpSessions::submission),
  LMTP("lmtp", "sessions: after LHLO, RCPT, in DATA", "smtp", SmtpSessions::lmtp),
  IMAP_LOGIN(
      "imap-login",
      "sessions: not authenticated, in AUTHENTICATE, after STARTTLS",
      "imap",
      AccessSessions::imapLogin),
  IMAP_AUTHENTICATED(
      "imap-authenticated",
      "sessions: authenticated, with and without IMAP4rev2",
      "imap",
      AccessSessions::imapAuthenticated),
  IMAP_SELECTED(
      "imap-selected", "sessions: in a mailbox, four ways", "imap", AccessSessions::imapSelected),
  IMAP_IDLE("imap-idle", "sessions: in IDLE", "imap", AccessSessions::imapIdle),
  POP3("pop3", "sessions: AUTHORIZATION, in AUTH, TRANSACTION", "pop3", AccessSessions::pop3);

  private final String label;
  private final String what;
  private final String words;
  private final Function<Path, FuzzTarget> opening;

  Target(String label, String what, String words, Function<Path, FuzzTarget> opening) {
    this.label = label;
    this.what = what;
    this.words = words;
    this.opening = opening;
  }

  /** Its name on the command line and of its folder of seeds. */
  String label() {
    return label;
  }

  /** What it takes, for people. */
  String what() {
    return what;
  }

  /** The list of words that its inputs are made of; or empty. */
  String words() {
    return words;
  }

  static Target named(String label) {
    List<String> known = Arrays.stream(values()).map(Target::label).toList();
    int index = known.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException("no target " + label + "; there are " + known);
    }
    return values()[index];
  }

  /** Makes it ready; what it stores goes into {@code folder}. */
  FuzzTarget open(Path folder) {
    return opening.apply(folder);
  }
}
