/* Looks names up as unpatched qmail (1.03, netqmail 1.06) does, through glibc, and says what would become of
 * the mail.
 *
 *   qmail_lookup cname NAME    the alias step before each delivery: asks for ANY, looks for a CNAME
 *   qmail_lookup mx NAME       the mail exchangers and their addresses: asks for MX, then A
 *
 * Exit codes: 0 the mail goes out, 100 it bounces, 111 it is deferred ("CNAME_lookup_failed_temporarily"), 2
 * wrong usage.
 *
 * What matters is the buffer: 512 bytes, as RFC 1035 had it. res_query() repeats a truncated answer over TCP
 * and returns its whole length, but stores just what fits; the walk over the records then runs into the end,
 * and that is a soft error.
 */
#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <errno.h>
#include <netdb.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

enum { kSent = 0, kBounced = 100, kDeferred = 111, kUsage = 2 };
enum { kMaxAliases = 10, kMaxExchangers = 64, kRecordFixedPart = 10 };

typedef enum { kOk, kSoft, kHard } Outcome;
typedef enum { kFound, kOther, kNoMore, kBroken } Step;

typedef struct {
  unsigned char bytes[NS_PACKETSZ];
  const unsigned char* end;
  const unsigned char* next;
  int records_left;
} Response;

typedef struct {
  int type;
  unsigned length;
  const unsigned char* data;
} Record;

static unsigned short_at(const unsigned char* at) { return (unsigned)at[0] << 8 | at[1]; }

/* Steps over the question, like everything here within the 512 bytes that are really there. */
static Outcome skip_questions(Response* response) {
  char name[NS_MAXDNAME];
  for (unsigned left = short_at(response->bytes + 4); left > 0; --left) {
    const int length = dn_expand(response->bytes, response->end, response->next, name, sizeof name);
    if (length < 0) return kSoft;
    response->next += length;
    if (response->end - response->next < NS_QFIXEDSZ) return kSoft;
    response->next += NS_QFIXEDSZ;
  }
  return kOk;
}

static Outcome ask(Response* response, const char* name, int type) {
  errno = 0;
  int length = res_query(name, ns_c_in, type, response->bytes, sizeof response->bytes);
  if (length <= 0) return errno == ECONNREFUSED || h_errno == TRY_AGAIN ? kSoft : kHard;
  printf("%s: type %d, %d bytes\n", name, type, length);
  if (length > (int)sizeof response->bytes) length = sizeof response->bytes;
  response->end = response->bytes + length;
  response->next = response->bytes + NS_HFIXEDSZ;
  response->records_left = (int)short_at(response->bytes + 6);
  return skip_questions(response);
}

/* The next answer record. Its data may end beyond the buffer: qmail only notices at the record after it. */
static Step next_record(Response* response, int wanted, Record* record) {
  char owner[NS_MAXDNAME];
  if (response->records_left <= 0) return kNoMore;
  --response->records_left;
  if (response->next >= response->end) return kBroken;
  const int length = dn_expand(response->bytes, response->end, response->next, owner, sizeof owner);
  if (length < 0) return kBroken;
  response->next += length;
  if (response->end - response->next < kRecordFixedPart) return kBroken;
  record->type = (int)short_at(response->next);
  record->length = short_at(response->next + 8);
  record->data = response->next + kRecordFixedPart;
  const int overruns = record->length > (unsigned)(response->end - record->data);
  response->next = overruns ? response->end : record->data + record->length;
  return record->type == wanted ? kFound : kOther;
}

/* The name inside a record, `offset` bytes into its data. */
static Outcome name_in(const Response* response, const Record* record, unsigned offset,
                       char name[NS_MAXDNAME]) {
  if (record->length < offset + 1 || record->data + offset >= response->end) return kSoft;
  const int length = dn_expand(response->bytes, response->end, record->data + offset, name, NS_MAXDNAME);
  return length < 0 ? kSoft : kOk;
}

static Outcome follow_aliases(const char* start) {
  char name[NS_MAXDNAME];
  if (snprintf(name, sizeof name, "%s", start) >= (int)sizeof name) return kHard;
  for (int links = 0; links < kMaxAliases; ++links) {
    Response response;
    const Outcome asked = ask(&response, name, ns_t_any);
    if (asked == kSoft) return kSoft;
    if (asked == kHard) return kOk; /* no such name: the delivery itself will find out */
    Record record;
    Step step = next_record(&response, ns_t_cname, &record);
    while (step == kOther) step = next_record(&response, ns_t_cname, &record);
    if (step == kBroken) return kSoft;
    if (step == kNoMore) {
      printf("canonical name: %s\n", name);
      return kOk;
    }
    if (name_in(&response, &record, 0, name) != kOk) return kSoft;
  }
  return kHard;
}

/* Adds the number of addresses of `name` to `*count`. */
static Outcome addresses(const char* name, int* count) {
  Response response;
  const Outcome asked = ask(&response, name, ns_t_a);
  if (asked != kOk) return asked;
  Record record;
  Step step;
  while ((step = next_record(&response, ns_t_a, &record)) != kNoMore) {
    if (step == kBroken) return kSoft;
    if (step != kFound) continue;
    if (record.length < 4 || response.end - record.data < 4) return kSoft;
    ++*count;
  }
  return kOk;
}

typedef struct {
  char name[kMaxExchangers][NS_MAXDNAME];
  int count;
} Exchangers;

static Outcome read_exchangers(Response* response, Exchangers* exchangers) {
  enum { kPreferenceSize = 2 };
  Record record;
  Step step;
  while ((step = next_record(response, ns_t_mx, &record)) != kNoMore) {
    if (step == kBroken) return kSoft;
    if (step != kFound || exchangers->count == kMaxExchangers) continue;
    if (name_in(response, &record, kPreferenceSize, exchangers->name[exchangers->count]) != kOk) return kSoft;
    ++exchangers->count;
  }
  return kOk;
}

static Outcome find_exchangers(const char* domain) {
  static Exchangers exchangers;
  Response response;
  int found = 0;
  const Outcome asked = ask(&response, domain, ns_t_mx);
  if (asked == kSoft) return kSoft;
  if (asked == kOk && read_exchangers(&response, &exchangers) != kOk) return kSoft;
  Outcome outcome = kOk;
  if (exchangers.count == 0) outcome = addresses(domain, &found);
  for (int i = 0; i < exchangers.count; ++i) {
    if (addresses(exchangers.name[i], &found) == kSoft) outcome = kSoft;
  }
  printf("exchangers: %d, addresses: %d\n", exchangers.count, found);
  if (found > 0) return kOk; /* one address that can be tried is enough */
  return outcome == kSoft ? kSoft : kHard;
}

static int report(Outcome outcome) {
  static const char* const kWords[] = {"delivers", "soft error: deferred", "hard error: bounced"};
  static const int kCodes[] = {kSent, kDeferred, kBounced};
  puts(kWords[outcome]);
  return kCodes[outcome];
}

int main(int argc, char** argv) {
  if (argc == 3 && strcmp(argv[1], "cname") == 0) return report(follow_aliases(argv[2]));
  if (argc == 3 && strcmp(argv[1], "mx") == 0) return report(find_exchangers(argv[2]));
  fprintf(stderr, "usage: qmail_lookup cname|mx NAME\n");
  return kUsage;
}
