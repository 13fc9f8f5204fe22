package org.thurn.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thurn.smtp.Reply;

class ExtensionsTest {
  private static Extensions of(String... lines) {
    String[] all = new String[lines.length + 1];
    all[0] = "PIPELINING is my name"; // the greeting line offers nothing
    System.arraycopy(lines, 0, all, 1, lines.length);
    return Extensions.parse(Reply.plain(250, all));
  }

  @Test
  void readsKeywordsInAnyCaseAndIgnoresOthers() {
    Extensions extensions = of("Pipelining", "8bitmime", "X-ODD 1 2", "", "HELP");
    assertThat(extensions.offered())
        .containsExactlyInAnyOrder(Extension.PIPELINING, Extension.EIGHT_BIT_MIME);
  }

  @Test
  void theGreetingLineIsNoExtension() {
    assertThat(of().offered()).isEmpty();
  }

  @Test
  void sizeZeroAndBareSizeAreNoLimit() {
    assertThat(of("SIZE 100").maxSize()).hasValue(100);
    assertThat(of("SIZE 0").maxSize()).isEmpty();
    assertThat(of("SIZE").maxSize()).isEmpty();
    assertThat(of("SIZE x").maxSize()).isEmpty();
    assertThat(of("SIZE 99999999999999999999").maxSize()).isEmpty();
    assertThat(of("SIZE").offers(Extension.SIZE)).isTrue();
  }

  @Test
  void readsLimits() {
    Extensions extensions = of("LIMITS RCPTMAX=20 MAILMAX=5 RCPTDOMAINMAX=1");
    assertThat(extensions.maxRecipients()).hasValue(20);
    assertThat(extensions.maxTransactions()).hasValue(5);
    assertThat(of("LIMITS rcptmax=0 MAILMAX=-1").maxRecipients()).isEmpty();
  }

  @Test
  void binaryNeedsChunking() {
    assertThat(of("BINARYMIME").takesBinary()).isFalse();
    assertThat(of("BINARYMIME", "CHUNKING").takesBinary()).isTrue();
  }
}
