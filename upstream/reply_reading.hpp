// What a reply that passed the gate says, before anybody believes it.
// Threads:  pure.
// Source:   RFC 1035 §4.1.1, 6891 §6.1.3 and §7 (servers without EDNS).
#pragma once

#include <cstdint>
#include <vector>

#include "wire/answer.hpp"
#include "wire/bytes.hpp"

namespace shirube::upstream {

enum class ReplyKind : std::uint8_t {
  Answered,     // NOERROR, NXDOMAIN or YXDOMAIN: `content`
  Truncated,    // TC=1: ask by TCP
  EdnsRefused,  // FORMERR, NOTIMP or BADVERS to a query with EDNS, from a server that shows no sign of
                // knowing EDNS
  Failed,       // another rcode
  Malformed,    // does not parse
  TooLarge,     // holds an RRset over wire::kMaxRRsetBytes, or names over wire::kMaxNameOctets
};

// May random case be the cause of a denial (decision 016)? If it may, the denial is in doubt.
enum class CaseDoubt : std::uint8_t {
  None,
  Shortened,    // the question was shortened: the whole name is asked next, so there is no check
  CheckFailed,  // the check in plain case got no usable reply
};

// The content of a reply that is an answer or leads to one, and what its header claims.
struct ReplyContent {
  wire::Answer answer;
  bool authoritative = false;  // AA
  bool recursed = false;       // RA, in reply to a query with RD=1
  bool with_edns = true;       // an OPT came with it
  CaseDoubt case_doubt = CaseDoubt::None;
};

struct ReplyReading {
  ReplyKind kind = ReplyKind::Malformed;
  wire::Rcode rcode = wire::Rcode::NoError;
  bool has_edns = false;
  bool lost_case = false;                   // the question came back in another case
  ReplyContent content;                     // Answered
  std::vector<wire::ExtendedError> errors;  // the server's own reasons (RFC 8914)
};

// `query` is what was sent; it tells whether EDNS was in it. `asked` is the name in the letters that the
// client used: they replace those that 0x20 made of it, so that names which the reply compresses onto its
// question do not carry our random case about.
[[nodiscard]] ReplyReading read_reply(wire::Bytes reply, wire::BytesView query, const wire::Name& asked);

}  // namespace shirube::upstream
