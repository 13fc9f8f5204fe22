package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Angus Mail submits in one domain while it idles in another, and reads what comes. */
@ExtendWith(LabFixture.class)
class AngusMailTest {
  private static final String ALICE = "alice@strict.example";
  private static final String ALICE_ELSEWHERE = "alice@soft.example";

  private final RunningLab lab;

  AngusMailTest(RunningLab lab) {
    this.lab = lab;
  }

  @Test
  void idleHearsOfAMessageFromAnotherDomain() throws Exception {
    Session session = Session.getInstance(trusting());
    try (Store store = session.getStore("imap")) {
      store.connect(
          lab.address("soft.example"),
          lab.port("soft.example", "imap"),
          ALICE_ELSEWHERE,
          lab.password(ALICE_ELSEWHERE));
      IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
      inbox.open(Folder.READ_ONLY);
      CompletableFuture<Message> heard = new CompletableFuture<>();
      inbox.addMessageCountListener(
          new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
              heard.complete(event.getMessages()[0]);
            }
          });
      Thread idle = Thread.ofVirtual().start(() -> idle(inbox, heard));

      submit(session, "Grüße von Angus");

      Message message = heard.get(60, TimeUnit.SECONDS);
      idle.join(10_000);
      assertThat(message.getSubject()).isEqualTo("Grüße von Angus");
      assertThat(message.getContent()).isEqualTo("Schöne Grüße\r\n");
      assertThat(message.getHeader("Return-Path")).containsExactly("<" + ALICE + ">");
    }
  }

  private static void idle(IMAPFolder inbox, CompletableFuture<Message> heard) {
    try {
      inbox.idle(true);
    } catch (MessagingException e) {
      heard.completeExceptionally(e);
    }
  }

  private void submit(Session session, String subject) throws Exception {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(ALICE));
    message.setRecipients(Message.RecipientType.TO, ALICE_ELSEWHERE);
    message.setSubject(subject, "UTF-8");
    message.setText("Schöne Grüße\r\n", "UTF-8");
    message.saveChanges();
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(
          lab.address("strict.example"),
          lab.port("strict.example", "submission"),
          ALICE,
          lab.password(ALICE));
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  /** STARTTLS is required, and the host's certificate checked, both ways. */
  private Properties trusting() throws Exception {
    Properties properties = new Properties();
    for (String protocol : new String[] {"imap", "smtp"}) {
      properties.put("mail." + protocol + ".timeout", "60000");
      properties.put("mail." + protocol + ".starttls.enable", "true");
      properties.put("mail." + protocol + ".starttls.required", "true");
      properties.put("mail." + protocol + ".ssl.socketFactory", lab.socketFactory());
    }
    properties.put("mail.smtp.auth", "true");
    return properties;
  }
}
