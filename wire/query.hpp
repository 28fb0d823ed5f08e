// QueryView: a client's query as the hit path needs it: one pass, no allocation, no Name built.
// Threads:  a view over the caller's bytes, plus a small lower-cased copy of the name.
// Errors:   read_query() tells which kind of broken it is; what to answer to that, server/admission decides.
// Source:   RFC 1035 §4.1, RFC 9619 (one question), RFC 6891.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "wire/edns.hpp"
#include "wire/message.hpp"

namespace shirube::wire {

enum class QueryFault : std::uint8_t {
  None,
  NoHeader,     // under 12 bytes: cannot be answered at all
  NotAQuery,    // QR=1: answering could start a loop
  BadQuestion,  // QDCOUNT != 1, or the question does not parse
  BadRecords,   // records after the question do not parse, or sections that a query does not have
  BadEdns,      // more than one OPT, OPT elsewhere than in additional, broken option list
};

struct QueryView {
  Header header;
  QueryFault fault = QueryFault::None;
  // The rest is valid when fault == None (question fields also with BadRecords and BadEdns).
  BytesView question;  // the question section as asked: name, type, class
  std::uint8_t name_size = 0;
  // The name in lower case: uncompressed wire format, name_size octets.
  std::array<std::uint8_t, kMaxNameLength> lowered_name;
  Type type = Type::A;
  Class klass = Class::IN;
  std::optional<Edns> edns;

  [[nodiscard]] BytesView name_as_asked() const { return question.first(name_size); }
  [[nodiscard]] BytesView lowered() const { return {lowered_name.data(), name_size}; }
};

// Trailing bytes after the message are tolerated (rspamd sends them over TCP). Compression in the question
// name is a fault: nobody needs it. Does not judge opcode, class, type or EDNS version;
// which sections may hold records is judged for opcode QUERY only (an IXFR has its SOA in authority, RFC
// 1995).
void read_query(BytesView packet, QueryView& into);

}  // namespace shirube::wire
