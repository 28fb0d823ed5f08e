// The query that goes upstream.
// Threads:  pure; randomness is handed in.
// Source:   RFC 5452 §9.2 (random ID), draft-vixie-dnsext-dns0x20 (random case), RFC 6891 and 9715 (EDNS,
//           1232 octets).
#pragma once

#include "wire/message.hpp"

namespace shirube::upstream {

class Network;

struct QueryForm {
  bool edns = true;      // with DO=1, so that signatures come along for those who ask
  bool mix_case = true;  // 0x20
  // Of the name, the last ones that make the zone of the server. In random case the labels below them have a
  // capital letter at least, if they have a letter: the reply tells then how they are compared (decision
  // 016).
  std::size_t zone_labels = 0;
  bool recursion_desired = true;  // a forwarder is asked to recurse, an authority is not
  bool checking_disabled = false;
};

// A whole message. Takes two random bytes for the ID and one bit a letter of the name from `network`.
[[nodiscard]] wire::Bytes make_query(const wire::Question& question, QueryForm form, Network& network);

}  // namespace shirube::upstream
