// The rewriters: from the true answer to the form of it that one kind of client can digest. Decides and
// rewrites, never sends: facts_needed() says what else must be known, the caller looks it up, rewrite() does
// the rest.
// Threads:  pure.
// Rules:    the laws of docs/rewriting.md: after validation, outside the truth cache; nothing for clients
//           that set DO (any_fit excepted: RFC 8482 lets it), nor for TLSA, DS, DNSKEY, RRSIG, NSEC*, CAA,
//           nor inside TXT; AD cleared; an EDE for EDNS clients; failures (rcode other than NOERROR and
//           NXDOMAIN) pass untouched. Decided:  AD stays where nothing untrue is said: on a plain subset for
//           ANY when all its parts are authentic, and when only the additional section changed, of which AD
//           does not speak (RFC 4035 §3.2.3). any_fit takes whole RRsets, each that fits, in the order of
//           worth; one that is too big is passed over for smaller ones, also under fit_512 (which cuts a set
//           only where it was asked for). When no RRset fits: a HINFO (RFC 8482 §4.2). But a client with DO
//           gets the true answer, too big as it is, for the server to truncate: a HINFO without signature is
//           bogus to a validator, and a client that knows DO knows TCP. fit_512 leaves an answer alone whose
//           CNAME chain takes all the room: half a chain would read as "no such data".
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

// For ANY under any_fit: the types to look up instead of ANY, in the order of their worth (CNAME, MX, A,
// AAAA, NS, SOA, TXT). Empty: look up the question itself (also AAAA for an IPv4-only client: NXDOMAIN must
// stay NXDOMAIN).
[[nodiscard]] std::span<const wire::Type> lookups_instead(const wire::Question& question,
                                                          const ClientView& client);

// Facts that rewriting this answer needs: A and AAAA of MX and SRV targets, the most wanted hosts first. At
// most kMaxTargetLookups, which bounds what one MX answer can make us ask (NXNS-like amplification); a host
// beyond them counts as usable.
inline constexpr std::size_t kMaxTargetLookups = 26;
[[nodiscard]] std::vector<wire::Question> facts_needed(const wire::Question& question,
                                                       const wire::Answer& answer, const ClientView& client);
// The true answer to one of them. One that failed may be left out.
struct Fact {
  wire::Question question;
  wire::Answer answer;
};

// `parts`: the answers to lookups_instead(), in that order. A part that failed is skipped; if all failed, the
// first failure is the answer. Goes on to rewrite() like any other answer.
// REQUIRES: !parts.empty().
[[nodiscard]] wire::Answer assemble_any(const wire::Question& question, std::span<const wire::Answer> parts,
                                        const ClientView& client, Applied& applied);
// Applies the rest, in order.
void rewrite(const wire::Question& question, wire::Answer& answer, std::span<const Fact> facts,
             const ClientView& client, Applied& applied);

}  // namespace shirube::policy
