package org.thurn.bench;
record MailboxFigures(String server) {}
