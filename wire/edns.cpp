#include "wire/edns.hpp"

#include <algorithm>

namespace shirube::wire {
namespace {

constexpr std::uint32_t kDnssecOk = 0x8000;   // RFC 3225
constexpr std::uint32_t kCompactOk = 0x4000;  // RFC 9824 §5.1

struct Option {
  OptionCode code;
  BytesView data;
};

// Calls use(Option) for each; false if the list does not fit the RDATA or is too long.
template <class Use>
bool for_each_option(BytesView rdata, Use use) {
  std::size_t count = 0;
  while (!rdata.empty()) {
    if (rdata.size() < kOptionHeaderSize || ++count > kMaxEdnsOptions) return false;
    const std::size_t size = kOptionHeaderSize + read_u16(&rdata[2]);
    if (size > rdata.size()) return false;
    use(Option{OptionCode{read_u16(rdata.data())},
               rdata.subspan(kOptionHeaderSize, size - kOptionHeaderSize)});
    rdata = rdata.subspan(size);
  }
  return true;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::optional<Edns> read_edns(const RecordView& opt) {
  Edns edns{.udp_size = std::max(static_cast<std::uint16_t>(opt.klass), kPlainUdpSize),
            .version = static_cast<std::uint8_t>(opt.ttl >> 16),
            .rcode_high = static_cast<std::uint8_t>(opt.ttl >> 24),
            .dnssec_ok = (opt.ttl & kDnssecOk) != 0,
            .compact_ok = (opt.ttl & kCompactOk) != 0};
  const bool whole = for_each_option(opt.rdata, [&edns](const Option& option) {
    edns.wants_nsid |= option.code == OptionCode::Nsid;
    edns.wants_keepalive |= option.code == OptionCode::TcpKeepalive;
    edns.has_cookie |= option.code == OptionCode::Cookie;
  });
  return whole ? std::optional(edns) : std::nullopt;
}

std::vector<ExtendedError> read_extended_errors(const RecordView& opt) {
  std::vector<ExtendedError> errors;
  // What stands before a broken option still tells something, so the list's soundness is not asked for.
  (void)for_each_option(opt.rdata, [&errors](const Option& option) {
    if (option.code != OptionCode::ExtendedError || option.data.size() < 2) return;
    if (errors.size() == kMaxExtendedErrors) return;
    const BytesView text = option.data.subspan(2);
    const std::string_view all{reinterpret_cast<const char*>(text.data()), text.size()};
    errors.push_back({Ede{read_u16(option.data.data())}, std::string(sent_text(all))});
  });
  return errors;
}

std::string_view sent_text(std::string_view text) {
  if (text.size() <= kMaxEdeText) return text;
  std::size_t end = kMaxEdeText;
  // A character of UTF-8 has three octets at most behind its first; other text is cut where it is.
  while (end > kMaxEdeText - 3 && continues_character(text[end])) --end;
  return text.substr(0, end);
}

}  // namespace shirube::wire
