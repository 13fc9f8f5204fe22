/*
 * OpenDKIM as a peer: a request a line on standard input, an answer a line on standard output.
 *
 *   V <message in hex>                                  -> pass, or why not
 *   S <algorithm> <header>/<body> <message in hex>      -> the signature's field in hex
 *
 * Arguments: two PEM files and two key records, of RSA and of Ed25519, whose selectors are rsa and ed; a
 * file with other keys.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/types.h>
#include <stdbool.h>
#include <opendkim/dkim.h>

static char **arguments;

/* A name and its text a line, for keys of other domains. */
static bool in_zone(const char *wanted, char *out, size_t room) {
  static char line[16384];
  FILE *zone = fopen(arguments[5], "r");
  bool found = false;
  if (zone == NULL) exit(66);
  while (!found && fgets(line, sizeof line, zone) != NULL) {
    char *space = strchr(line, ' ');
    if (space == NULL) continue;
    *space = 0;
    found = strcasecmp(line, wanted) == 0;
    if (found) snprintf(out, room, "%.*s", (int) strcspn(space + 1, "\n"), space + 1);
  }
  fclose(zone);
  return found;
}

static DKIM_CBSTAT find_key(DKIM *dkim, DKIM_SIGINFO *sig, unsigned char *out, size_t room) {
  const char *selector = (const char *) dkim_sig_getselector(sig);
  const char *record = strcmp(selector, "ed") == 0 ? arguments[4] : arguments[3];
  char name[512];
  snprintf(name, sizeof name, "%s._domainkey.%s", selector, dkim_sig_getdomain(sig));
  if (in_zone(name, (char *) out, room)) return DKIM_CBSTAT_CONTINUE;
  if (strcmp(selector, "ed") != 0 && strcmp(selector, "rsa") != 0) return DKIM_CBSTAT_NOTFOUND;
  snprintf((char *) out, room, "%s", record);
  return DKIM_CBSTAT_CONTINUE;
}

static unsigned char *file(const char *name) {
  FILE *in = fopen(name, "r");
  unsigned char *text = calloc(1, 16384);
  if (in == NULL || fread(text, 1, 16383, in) == 0) exit(66);
  fclose(in);
  return text;
}

static size_t from_hex(const char *hex, unsigned char *out) {
  size_t n = 0;
  unsigned value;
  for (; sscanf(hex, "%2x", &value) == 1; hex += 2) out[n++] = (unsigned char) value;
  return n;
}

/* Gives the message to the library: the fields one by one, without their last CRLF. */
static DKIM_STAT feed(DKIM *dkim, unsigned char *text, size_t length) {
  size_t at = 0;
  while (at < length && !(text[at] == '\r' && at + 1 < length && text[at + 1] == '\n')) {
    size_t end = at;
    while (end < length
           && !(text[end] == '\r' && end + 1 < length && text[end + 1] == '\n'
                && !(end + 2 < length && (text[end + 2] == ' ' || text[end + 2] == '\t')))) end++;
    DKIM_STAT status = dkim_header(dkim, text + at, end - at);
    if (status != DKIM_STAT_OK) return status;
    at = end + 2;
  }
  at += 2;
  DKIM_STAT status = dkim_eoh(dkim);
  if (status != DKIM_STAT_OK) return status;
  if (at < length) {
    status = dkim_body(dkim, text + at, length - at);
    if (status != DKIM_STAT_OK) return status;
  }
  return dkim_eom(dkim, NULL);
}

static void verify(DKIM_LIB *lib, unsigned char *text, size_t length) {
  DKIM_STAT status;
  DKIM *dkim = dkim_verify(lib, (unsigned char *) "peer", NULL, &status);
  status = feed(dkim, text, length);
  if (status == DKIM_STAT_OK) puts("pass");
  else printf("fail %d\n", status);
  dkim_free(dkim);
}

static void sign(DKIM_LIB *lib, char *algorithm, char *forms, unsigned char *text, size_t length) {
  bool ed = strcmp(algorithm, "ed25519-sha256") == 0;
  DKIM_STAT status;
  unsigned char *header;
  size_t count;
  DKIM *dkim = dkim_sign(
      lib, (unsigned char *) "peer", NULL, file(arguments[ed ? 2 : 1]),
      (unsigned char *) (ed ? "ed" : "rsa"), (unsigned char *) "example.com",
      strncmp(forms, "relaxed/", 8) == 0 ? DKIM_CANON_RELAXED : DKIM_CANON_SIMPLE,
      strstr(forms, "/relaxed") != NULL ? DKIM_CANON_RELAXED : DKIM_CANON_SIMPLE,
      ed ? DKIM_SIGN_ED25519SHA256 : DKIM_SIGN_RSASHA256, -1, &status);
  if (dkim == NULL || (status = feed(dkim, text, length)) != DKIM_STAT_OK
      || dkim_getsighdr_d(dkim, strlen("DKIM-Signature: "), &header, &count) != DKIM_STAT_OK) {
    printf("fail %d\n", status);
    return;
  }
  for (const char *c = "DKIM-Signature: "; *c != 0; c++) printf("%02x", (unsigned char) *c);
  for (size_t i = 0; i < count; i++) {
    if (header[i] == '\n' && (i == 0 || header[i - 1] != '\r')) printf("0d");
    printf("%02x", header[i]);
  }
  puts("0d0a");
  dkim_free(dkim);
}

int main(int count, char **values) {
  static char line[1 << 22];
  static unsigned char text[1 << 21];
  DKIM_LIB *lib = dkim_init(NULL, NULL);
  if (count != 6 || lib == NULL) return 64;
  arguments = values;
  dkim_set_key_lookup(lib, find_key);
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *space = strrchr(line, ' ');
    size_t length = from_hex(space + 1, text);
    char algorithm[32], forms[32];
    if (line[0] == 'V') {
      verify(lib, text, length);
    } else if (sscanf(line, "S %31s %31s", algorithm, forms) == 2) {
      sign(lib, algorithm, forms, text, length);
    }
    fflush(stdout);
  }
  dkim_close(lib);
  return 0;
}
