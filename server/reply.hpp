// From an Answer to the bytes of a reply: flags, sections, size and truncation.
// Threads:  pure.
// Rules:    AD only for authentic answers to clients that set AD or DO (RFC 6840 §5.7); RA always 1;
//           signatures and NSEC only with DO, or if the query asks for them (RFC 4035 §3.2.1); TC only when
//           what was asked for does not fit (RFC 2181 §9), never for additional data; an answer larger than
//           any message is SERVFAIL with an extended error over TCP, where TC would help no client; the
//           question's bytes are echoed as they came (RFC 4343); OPT only to clients that sent one (RFC 6891
//           §6.1.1).
#pragma once

#include <cstddef>
#include <optional>

#include "wire/answer.hpp"
#include "wire/query.hpp"

namespace shirube::server {

// What of a query shapes its reply; outlives the packet.
struct ReplyForm {
  wire::Header header;  // of the query
  bool edns = false;
  bool dnssec_ok = false;
  bool compact_ok = false;                       // only with DO (RFC 9824 §5.1)
  std::size_t size_limit = wire::kPlainUdpSize;  // of the whole reply
  std::optional<std::uint16_t> keepalive_100ms;  // for a TCP client that asked (RFC 7828)
};

[[nodiscard]] ReplyForm reply_form(const wire::QueryView& query, bool over_tcp);

// Size of the reply in `out`; 0 only if not even the question fits. `question`: as asked, empty when it could
// not be read.
// REQUIRES: out.size() >= min(form.size_limit, 512).
[[nodiscard]] std::size_t write_reply(const wire::Answer& answer, wire::BytesView question,
                                      const ReplyForm& form, wire::BytesSpan out);

// A reply without records that says TC: the client asks again by TCP.
[[nodiscard]] std::size_t write_truncated_reply(wire::Rcode rcode, wire::BytesView question,
                                                const ReplyForm& form, wire::BytesSpan out);

}  // namespace shirube::server
