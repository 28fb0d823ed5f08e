// What a reply tells about the question that was asked, and nothing else: the chain of aliases from the asked
// name, and what stands at its end. All that does not hang on this chain, or lies outside the purview of the
// server, is dropped: a forwarder for one zone cannot say anything about another (MaginotDNS,
// CVE-2021-25220), and additional data never moves a delegation (CVE-2025-11411).
// Threads:  pure.
// Source:   RFC 1034 §4.3.2, 2181 §5.4.1, 2308 §2, 6672, 6604 §3 (the rcode belongs to the end of the chain).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "upstream/route.hpp"
#include "upstream/source.hpp"
#include "wire/answer.hpp"
#include "wire/message.hpp"

namespace shirube::upstream {

enum class ChainEnd : std::uint8_t {
  Data,         // `data`
  NoData,       // the name at the end exists without this type; `proof` (may be empty)
  NxDomain,     // the name at the end does not exist; `proof` (may be empty)
  Elsewhere,    // an alias leads to a name that this reply says nothing trustworthy about: ask for `end`
  TooLong,      // more aliases than kMaxAliases, or a loop
  NameTooLong,  // a DNAME makes a name of over 255 octets: YXDOMAIN (RFC 6672 §2.2)
};

// What validation says of one part of a chain.
struct Vouching {
  bool secure = false;
  // Of data that was made from a wildcard: the validated NSEC or NSEC3 that prove that nothing closer exists.
  std::vector<wire::RRset> proof = {};
  wire::Name zone = {};  // secure, and a denial or with `proof`: who signed that
  std::optional<wire::Name> wildcard_encloser = {};
  wire::Instant signed_until = wire::Instant::max();  // secure: the verdict holds until then
};

struct AnswerChain {
  ChainEnd kind = ChainEnd::NoData;
  // CNAMEs in order, from the asked name on; in front of one that a DNAME made stands that DNAME.
  std::vector<wire::RRset> aliases;
  wire::Name end;                  // the name that the last alias points to; the asked name without aliases
  std::vector<wire::RRset> data;   // one RRset; several for ANY
  std::vector<wire::RRset> proof;  // SOA first, then NSEC and NSEC3
  // NSEC and NSEC3 that came along with aliases or data: where those were made from wildcards they belong to
  // them.
  std::vector<wire::RRset> denials;
  std::vector<Vouching> alias_vouching;  // one for each of `aliases` once they are validated
  Vouching vouching;                     // for `data` or `proof`, or that the name is too long
  wire::Name zone;                       // whose server sent it, or whose forwarder
  Source source;
  bool judged = false;          // validation has looked at it
  bool of_ancestor = false;     // NxDomain: it was said of a name above, and has to be proven for this one
  bool only_if_proven = false;  // a denial that nothing but its proof speaks for: see ProvenDenial
  bool in_doubt = false;        // a denial that random case may have caused: see CaseDoubt
  bool is_bare = false;         // a denial without SOA that may be kept all the same: see BareDenial
  bool is_glue = false;         // `data` is: good for asking a server, not for answering
};

// A NOERROR that says nothing about the question: a referral, or records of other names, without the SOA that
// a denial has. To take it for "no such record" would bounce mail. A wholly empty NOERROR is let through:
// forwarders on routers send that for NODATA.
[[nodiscard]] bool says_nothing(const wire::Answer& answer, const wire::Question& asked);

// A DNAME makes its CNAME itself, whatever CNAME the reply has beside it (RFC 6672 §3.1).
[[nodiscard]] AnswerChain follow_chain(wire::Answer answer, const wire::Question& asked,
                                       const Purview& purview);
// All that has been judged is secure, if anything has.
[[nodiscard]] bool is_secure(const AnswerChain& chain);
// The links of a chain: its CNAMEs.
[[nodiscard]] std::size_t count_links(const std::vector<wire::RRset>& aliases);

}  // namespace shirube::upstream
