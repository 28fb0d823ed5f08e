// The query that goes upstream.
// Threads:  pure; randomness is handed in.
// Source:   RFC 5452 §9.2 (random ID), draft-vixie-dnsext-dns0x20 (random case), RFC 6891 and 9715 (EDNS,
//           1232 octets).
#pragma once

#include "wire/message.hpp"

namespace shirube::upstream {

class Network;

struct QueryForm {
  bool edns = true;      // with DO=1, so that the reply has signatures
  bool mix_case = true;  // 0x20
  // How many of the name's last labels are the server's zone. If the labels below them have letters, random
  // case makes at least one of these a capital. So each reply shows how they are compared (decision 016).
  std::size_t zone_labels = 0;
  bool recursion_desired = true;  // a forwarder is asked to recurse, an authority is not
  bool checking_disabled = false;
};

// A whole message. Takes two random bytes for the ID and one bit a letter of the name from `network`.
[[nodiscard]] wire::Bytes make_query(const wire::Question& question, QueryForm form, Network& network);

}  // namespace shirube::upstream
