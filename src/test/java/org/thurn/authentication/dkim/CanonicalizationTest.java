package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.message.HeaderField;

/** RFC 6376 §3.4. */
class CanonicalizationTest {
  private static byte[] hash(Canonicalization how, byte[] body, int piece) {
    BodyHasher hasher = new BodyHasher(how, List.of());
    for (int at = 0; at < body.length; at += piece) {
      hasher.take(body, at, Math.min(piece, body.length - at));
    }
    return hasher.finish();
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(Mail.octets(text));
  }

  private static String real(String text) {
    return text.replace("R", "\r").replace("N", "\n").replace("_", " ").replace("T", "\t");
  }

  /** R is CR, N is LF, _ is a space, T is a tab; the empty cell is no octet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          ''                      | RN             | ''
          RN                      | RN             | ''
          RNRNRN                  | RN             | ''
          _C_RND_T_ERNRNRN        | _C_RND_T_ERN   | _CRND_ERN
          a                       | aRN            | aRN
          aR                      | aRRN           | aRRN
          aN                      | aNRN           | aNRN
          RaRN                    | RaRN           | RaRN
          a_                      | a_RN           | aRN
          _                       | _RN            | ''
          _RN                     | _RN            | ''
          aRN_RN                  | aRN_RN         | aRN
          aRN_RNb                 | aRN_RNbRN      | aRNRNbRN
          RNRNa                   | RNRNaRN        | RNRNaRN
          a_RRN                   | a_RRN          | a_RRN
          a__Tb                   | a__TbRN        | a_bRN
          aRNRNR                  | aRNRNRRN       | aRNRNRRN
          """)
  void theBody(String body, String simple, String relaxed) throws Exception {
    byte[] octets = Mail.octets(real(body));
    for (int piece : List.of(1, 2, 3, 100)) {
      assertThat(hash(Canonicalization.SIMPLE, octets, piece)).isEqualTo(sha256(real(simple)));
      assertThat(hash(Canonicalization.RELAXED, octets, piece)).isEqualTo(sha256(real(relaxed)));
    }
  }

  /** RFC 6376 §3.4.3 and §3.4.4 give these. */
  @Test
  void theEmptyBody() {
    assertThat(Base64.getEncoder().encodeToString(hash(Canonicalization.SIMPLE, new byte[0], 1)))
        .isEqualTo("frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
    assertThat(Base64.getEncoder().encodeToString(hash(Canonicalization.RELAXED, new byte[0], 1)))
        .isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  }

  /** Against the RFC's rules as substitutions in a whole text. */
  @ParameterizedTest
  @EnumSource
  void aThousandBodies(Canonicalization how) throws Exception {
    Random random = new Random(6376);
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(i % 50 == 0 ? 20_000 : 60);
      for (int j = 0; j < length; j++) {
        text.append(List.of("a", "\r\n", " ", "\t", "\r", "\n", "\u00e4").get(random.nextInt(7)));
      }
      String wanted = text.toString();
      if (how == Canonicalization.RELAXED) {
        wanted = wanted.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|\\z)", "");
      }
      wanted = wanted.replaceAll("\\A(\r\n)+\\z", "").replaceAll("(?<=\r\n)(\r\n)+\\z", "");
      if (!wanted.endsWith("\r\n") && !(how == Canonicalization.RELAXED && wanted.isEmpty())) {
        wanted += "\r\n";
      }
      byte[] octets = Mail.octets(text.toString());
      assertThat(hash(how, octets, 1 + random.nextInt(5_000)))
          .as(text.toString())
          .isEqualTo(sha256(wanted));
    }
  }

  @Test
  void limitsInOnePass() throws Exception {
    String text = "one  line\r\n\r\n two\r\n\r\n\r\n";
    String relaxed = "one line\r\n\r\n two\r\n";
    BodyHasher hasher = new BodyHasher(Canonicalization.RELAXED, List.of(0L, 4L, 18L, 19L, 5L));
    for (byte octet : Mail.octets(text)) {
      hasher.take(new byte[] {octet}, 0, 1);
    }
    assertThat(hasher.finish()).isEqualTo(sha256(relaxed));
    assertThat(hasher.length()).isEqualTo(18);
    assertThat(hasher.hash(0)).contains(sha256(""));
    assertThat(hasher.hash(4)).contains(sha256("one "));
    assertThat(hasher.hash(5)).contains(sha256("one l"));
    assertThat(hasher.hash(18)).contains(sha256(relaxed));
    assertThat(hasher.hash(19)).isEmpty();
  }

  /** The example of RFC 6376 §3.4.5, and more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A:_XRN            | A:_XRN           | a:XRN
          B_:_YTRNTZ__RN    | B_:_YTRNTZ__RN   | b:Y_ZRN
          Sub:RN            | Sub:RN           | sub:RN
          Sub:_RN_RN_xRN    | Sub:_RN_RN_xRN   | sub:xRN
          AbC:x             | AbC:xRN          | abc:xRN
          a:xN_yN           | a:xN_yRN         | a:x_yRN
          a:xRyRN           | a:xRyRN          | a:xRyRN
          """)
  void theHeader(String field, String simple, String relaxed) {
    HeaderField read = Mail.headers(real(field)).fields().getFirst();
    assertThat(Mail.text(new HeaderHasher(Canonicalization.SIMPLE).add(read).octets()))
        .isEqualTo(real(simple));
    assertThat(Mail.text(new HeaderHasher(Canonicalization.RELAXED).add(read).octets()))
        .isEqualTo(real(relaxed));
  }
}
