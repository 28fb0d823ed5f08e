// The rewriters: from the true answer to the form of it that one kind of client can digest. Decides and
// rewrites, never sends: facts_needed() says what else must be known, the caller looks it up, rewrite() does
// the rest.
// Threads:  pure.
// Rules:    the rules of docs/rewriting.md: after validation, outside the truth cache; nothing for clients
//           that set DO (any_fit excepted: RFC 8482 lets it), nor for TLSA, DS, DNSKEY, RRSIG, NSEC*, CAA,
//           nor inside TXT; AD cleared; an EDE for EDNS clients; failures (rcode other than NOERROR and
//           NXDOMAIN) pass untouched.
// Decided:  AD stays if nothing is withheld: on an answer to ANY that is complete and authentic, and if only
//           the additional section changed, which AD does not cover (RFC 4035 §3.2.3). any_fit takes each
//           whole RRset that fits, the most useful first. It skips a set that is too big, also under fit_512,
//           which cuts a set only if the client asked for its type. If no RRset fits, or the name has none of
//           the types that were looked up, the answer is a HINFO (RFC 8482 §4.2). A client with DO gets the
//           true answer instead, and the server truncates it: a validator treats an unsigned HINFO as bogus,
//           and a client with DO can use TCP. fit_512 does not change an answer whose CNAME chain takes all
//           the room: half a chain would read as "no such data".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "policy/profile_choice.hpp"
#include "wire/answer.hpp"

namespace shirube::policy {

// What is known about the client of this one query.
struct ClientView {
  Rewrites rewrites;
  bool edns = false;
  bool dnssec_ok = false;
  // Of the UDP reply; for TCP what the profile's client can still read. Less what the server means to put
  // into OPT besides extended errors (NSID, keepalive).
  std::uint16_t size_limit = 512;
};

// Every rewriter with its counter name; the order is that of application.
enum class Rewriter : std::uint8_t {
  AnyFit,
  Rebinding,  // see rebinding.hpp
  Ipv4OnlyAddress,
  Ipv4OnlyHint,
  Ipv4OnlyTarget,
  Fit512,
  MxAdditional,
  kCount
};
[[nodiscard]] std::string_view counter_name(Rewriter rewriter);  // "rewrite_any_fit", …
[[nodiscard]] std::string_view reason(Rewriter rewriter);  // plain words for explain, log and EXTRA-TEXT

// What happened; one bit a rewriter, set only when it really changed something.
class Applied {
 public:
  void set(Rewriter rewriter) { bits_ |= bit(rewriter); }
  [[nodiscard]] bool has(Rewriter rewriter) const { return (bits_ & bit(rewriter)) != 0; }
  [[nodiscard]] bool any() const { return bits_ != 0; }

 private:
  [[nodiscard]] static std::uint32_t bit(Rewriter r) { return std::uint32_t{1} << static_cast<unsigned>(r); }
  std::uint32_t bits_ = 0;
};

// The types to look up instead of the question. For ANY under any_fit: CNAME, then the types that the name's
// shape suggests, without AAAA for an IPv4-only client. For AAAA of an IPv4-only client: A, which shows
// whether the name exists, because some servers drop, refuse or deny AAAA. Empty: look up the question.
[[nodiscard]] std::vector<wire::Type> lookups_instead(const wire::Question& question,
                                                      const ClientView& client);

// An alias, or a proof that there is no such name: the answer to ANY needs no other part.
[[nodiscard]] bool is_enough_for_any(const wire::Name& name, const wire::Answer& part);

// Lookups that rewriting this answer needs: addresses of MX and SRV targets, the most wanted hosts first. For
// an IPv4-only client A alone shows the usable hosts. At most kMaxTargetLookups, which bounds the questions
// that one MX answer starts (NXNS-like amplification); a host beyond them counts as usable.
inline constexpr std::size_t kMaxTargetLookups = 26;
[[nodiscard]] std::vector<wire::Question> facts_needed(const wire::Question& question,
                                                       const wire::Answer& answer, const ClientView& client);
// The true answer to one of them. One that failed may be left out.
struct Fact {
  wire::Question question;
  wire::Answer answer;
};

// `parts`: the answers to lookups_instead(), CNAME first; after is_enough_for_any() the others may be
// missing. A part that failed is skipped while another has data; else the failure is the answer, one of
// validation before others. Goes on to rewrite() like any other answer.
// REQUIRES: !parts.empty().
[[nodiscard]] wire::Answer assemble_any(const wire::Question& question, std::span<const wire::Answer> parts,
                                        const ClientView& client, Applied& applied);
// The answer for AAAA of an IPv4-only client, out of the answer for A: "no such record" with the aliases that
// lead there; "no such name" and failures as A has them.
[[nodiscard]] wire::Answer deny_aaaa_by_a(const wire::Question& question, wire::Answer a,
                                          const ClientView& client, Applied& applied);
// Applies the rest, in order.
void rewrite(const wire::Question& question, wire::Answer& answer, std::span<const Fact> facts,
             const ClientView& client, Applied& applied);

}  // namespace shirube::policy
