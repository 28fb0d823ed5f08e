// EDNS(0): what an OPT record says, read from and written to the wire.
// Threads:  pure functions.
// Source:   RFC 6891; flags: RFC 3225 (DO), 9824 (CO); options: RFC 5001 (NSID), 7828 (keepalive), 8914 (EDE).
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "wire/answer.hpp"
#include "wire/message.hpp"

namespace shirube::wire {

inline constexpr std::size_t kOptionHeaderSize = 4;  // code and length
inline constexpr std::uint16_t kPlainUdpSize = 512;  // RFC 1035 §4.2.1: without EDNS
inline constexpr std::uint16_t kSafeUdpSize =
    1232;  // fits every IPv6 path without fragments (RFC 9715, flag day 2020)
inline constexpr std::size_t kMaxEdnsOptions = 32;  // bounds option floods (CVE-2026-41292)

enum class OptionCode : std::uint16_t {
  Nsid = 3,
  Cookie = 10,
  TcpKeepalive = 11,
  Padding = 12,
  ExtendedError = 15
};

struct Edns {
  std::uint16_t udp_size = kPlainUdpSize;  // as sent; a value under 512 counts as 512 (RFC 6891 §6.2.3)
  std::uint8_t version = 0;
  std::uint8_t rcode_high = 0;
  bool dnssec_ok = false;
  bool compact_ok = false;       // CO: NXDOMAIN may come with a compact denial (RFC 9824 §5.1)
  bool wants_nsid = false;       // an NSID option was there
  bool wants_keepalive = false;  // a TCP keepalive option was there
  bool has_cookie = false;
};
// nullopt: the option list does not fit the RDATA or there are over kMaxEdnsOptions (answer FORMERR).
[[nodiscard]] std::optional<Edns> read_edns(const RecordView& opt);
// EDEs in the OPT of a reply: the first kMaxExtendedErrors, texts cut to kMaxEdeText.
[[nodiscard]] std::vector<ExtendedError> read_extended_errors(const RecordView& opt);
// The front of `text` that is sent: at most kMaxEdeText octets, no UTF-8 character cut in two.
[[nodiscard]] std::string_view sent_text(std::string_view text);

}  // namespace shirube::wire
