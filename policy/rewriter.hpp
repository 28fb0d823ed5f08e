// The rewriters: from the true answer to the form of it that one kind of client can digest.
// Decides and rewrites, never sends: needs() says what else must be known, the caller looks it up, rewrite() does the rest.
// Threads:  pure.
// Rules:    the laws of docs/rewriting.md: after validation, outside the truth cache; nothing for clients that set DO (any_fit
//           excepted: RFC 8482 lets it), nor for TLSA, DS, DNSKEY, RRSIG, NSEC*, CAA, nor inside TXT; AD cleared; an EDE for EDNS clients; failures
//           (rcode other than NOERROR and NXDOMAIN) pass untouched.
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
  std::uint16_t size_limit = 512;  // of the UDP reply; for TCP what the profile's client can still read
};

// Every rewriter with its counter name; the order is that of application.
enum class Rewriter : std::uint8_t { AnyFit, Ipv4OnlyAddress, Ipv4OnlyHint, Ipv4OnlyTarget, Fit512, MxAdditional, kCount };
[[nodiscard]] std::string_view counter_name(Rewriter rewriter);   // "rewrite_any_fit", …
[[nodiscard]] std::string_view reason(Rewriter rewriter);         // plain words for explain and log

// What happened; one bit a rewriter.
class Applied {
 public:
  void set(Rewriter rewriter) { bits_ |= bit(rewriter); }
  [[nodiscard]] bool has(Rewriter rewriter) const { return (bits_ & bit(rewriter)) != 0; }
  [[nodiscard]] bool any() const { return bits_ != 0; }

 private:
  [[nodiscard]] static std::uint32_t bit(Rewriter r) { return std::uint32_t{1} << static_cast<unsigned>(r); }
  std::uint32_t bits_ = 0;
};

// A question that is answered here without any lookup (AAAA to an IPv4-only client still needs the lookup: NXDOMAIN must stay
// NXDOMAIN). For ANY under any_fit: the types to look up instead of ANY, in the order of their worth
// (CNAME, MX, A, AAAA, NS, SOA, TXT). Empty: look up the question itself.
[[nodiscard]] std::span<const wire::Type> lookups_instead(const wire::Question& question, const ClientView& client);

// Facts that rewriting this answer needs: addresses of MX and SRV targets. At most kMaxTargetLookups.
inline constexpr std::size_t kMaxTargetLookups = 26;  // bounds what one MX answer can make us ask (NXNS-like amplification)
[[nodiscard]] std::vector<wire::Question> facts_needed(const wire::Question& question, const wire::Answer& answer,
                                                       const ClientView& client);
struct Fact {
  wire::Question question;
  wire::Answer answer;
};

// `parts`: for a question with lookups_instead(), their answers in that order (else empty, and `answer` is the truth).
// A part that failed is skipped; if all failed, the first failure is the answer.
[[nodiscard]] wire::Answer assemble_any(const wire::Question& question, std::span<const wire::Answer> parts,
                                        const ClientView& client, Applied& applied);
// Applies the rest, in order.
void rewrite(const wire::Question& question, wire::Answer& answer, std::span<const Fact> facts, const ClientView& client,
             Applied& applied);

}  // namespace shirube::policy
