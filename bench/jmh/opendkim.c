/*
 * What OpenDKIM's library takes for the work of bench/authentication.
 *
 *   opendkim FOLDER (verify|sign)-(rsa|ed|both) MESSAGES   -> milliseconds of CPU a message
 */
#define main peer_main
#include "dkimpeer.c"
#undef main
#include <time.h>

static char *words[5];

static char *path(const char *folder, const char *name) {
  char *text = malloc(4096);
  snprintf(text, 4096, "%s/%s", folder, name);
  return text;
}

static size_t message(const char *name, unsigned char *room, size_t size) {
  FILE *in = fopen(name, "rb");
  size_t length = in == NULL ? 0 : fread(room, 1, size, in);
  if (length == 0) exit(66);
  fclose(in);
  return length;
}

static void need(DKIM_STAT status) {
  if (status != DKIM_STAT_OK) {
    fprintf(stderr, "OpenDKIM: %d\n", status);
    exit(1);
  }
}

static void verify_one(DKIM_LIB *lib, unsigned char *text, size_t length) {
  DKIM_STAT status;
  DKIM *dkim = dkim_verify(lib, (unsigned char *) "bench", NULL, &status);
  need(status);
  need(feed(dkim, text, length));
  dkim_free(dkim);
}

static void sign_one(DKIM_LIB *lib, bool ed, unsigned char *key, unsigned char *text, size_t length) {
  DKIM_STAT status;
  unsigned char *field;
  size_t count;
  DKIM *dkim = dkim_sign(
      lib, (unsigned char *) "bench", NULL, key, (unsigned char *) (ed ? "ed" : "rsa"),
      (unsigned char *) "example.com", DKIM_CANON_RELAXED, DKIM_CANON_RELAXED,
      ed ? DKIM_SIGN_ED25519SHA256 : DKIM_SIGN_RSASHA256, -1, &status);
  need(status);
  need(feed(dkim, text, length));
  need(dkim_getsighdr_d(dkim, strlen("DKIM-Signature: "), &field, &count));
  dkim_free(dkim);
}

static double cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

int main(int count, char **values) {
  static unsigned char text[1 << 20];
  DKIM_LIB *lib = dkim_init(NULL, NULL);
  if (count != 4 || lib == NULL) return 64;
  const char *folder = values[1], *work = values[2];
  int messages = atoi(values[3]);
  bool ed = strstr(work, "-ed") != NULL, both = strstr(work, "-both") != NULL;
  bool signs = strncmp(work, "sign", 4) == 0;
  unsigned char *keys[] = {file(path(folder, "rsa.pem")), file(path(folder, "ed.pem"))};
  words[3] = (char *) file(path(folder, "rsa.record"));
  words[4] = (char *) file(path(folder, "ed.record"));
  arguments = words;
  dkim_set_key_lookup(lib, find_key);
  size_t length = message(
      path(folder, signs ? "plain.eml" : ed ? "ed.eml" : "rsa.eml"), text, sizeof text);
  double began = 0;
  for (int i = -messages / 10; i < messages; i++) {
    if (i == 0) began = cpu();
    if (!signs) verify_one(lib, text, length);
    if (signs && (ed || both)) sign_one(lib, true, keys[1], text, length);
    if (signs && !ed) sign_one(lib, false, keys[0], text, length);
  }
  printf("%f\n", (cpu() - began) / messages);
  dkim_close(lib);
  return 0;
}
