package org.thurn.access.imap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Flags.Flag;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.AccessServer;
import org.thurn.access.Messages;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailboxId;
import org.thurn.mailbox.SystemFlag;
import org.thurn.mailbox.UidSet;

class AngusMailTest {
  @TempDir private Path folder;
  private AccessServer server;
  private Session session;
  private Store store;

  @BeforeEach
  void start() throws Exception {
    server = new AccessServer(folder);
    server.append("INBOX", Messages.PLAIN, Flags.NONE);
    server.append("INBOX", Messages.MIXED, Flags.NONE);
    Properties properties = new Properties();
    properties.put("mail.imap.timeout", "10000");
    session = Session.getInstance(properties);
    store = session.getStore("imap");
    store.connect("127.0.0.1", server.imap(), "alice@strict.example", AccessServer.PASSWORD);
  }

  @AfterEach
  void stop() throws Exception {
    store.close();
    server.close();
  }

  @Test
  void readsFlagsSearchesAndFiles() throws Exception {
    Folder inbox = store.getFolder("INBOX");
    inbox.open(Folder.READ_WRITE);
    Message mixed = inbox.getMessage(2);

    assertThat(mixed.getSubject()).isEqualTo("Grüße");
    Multipart parts = (Multipart) mixed.getContent();
    Multipart alternative = (Multipart) parts.getBodyPart(0).getContent();
    assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("Grüße");
    assertThat(((MimeMessage) parts.getBodyPart(1).getContent()).getSubject()).isEqualTo("inside");
    assertThat(inbox.search(new SubjectTerm("lunch"))).hasSize(1);
    inbox.getMessage(1).setFlag(Flag.FLAGGED, true);
    inbox.copyMessages(new Message[] {mixed}, store.getFolder("Archive"));
    mixed.setFlag(Flag.DELETED, true);
    inbox.close(true);

    assertThat(store.getFolder("Archive").getMessageCount()).isEqualTo(1);
    assertThat(server.mail(AccessServer.ALICE).messages(MailboxId.INBOX, UidSet.ALL, 9))
        .singleElement()
        .satisfies(row -> assertThat(row.flags().has(SystemFlag.FLAGGED)).isTrue());
  }

  @Test
  void idleHearsOfNewMail() throws Exception {
    IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
    inbox.open(Folder.READ_ONLY);
    CompletableFuture<Integer> heard = new CompletableFuture<>();
    inbox.addMessageCountListener(
        new MessageCountAdapter() {
          @Override
          public void messagesAdded(MessageCountEvent event) {
            heard.complete(event.getMessages()[0].getMessageNumber());
          }
        });
    Thread idle =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    inbox.idle(true);
                  } catch (jakarta.mail.MessagingException e) {
                    heard.completeExceptionally(e);
                  }
                });

    server.append("INBOX", Messages.PLAIN, Flags.NONE);

    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    idle.join(10_000);
  }
}
