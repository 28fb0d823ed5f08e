#include "dnssec/records.hpp"

namespace shirube::dnssec {
namespace {

// Takes an RDATA apart from left to right.
class Reader {
 public:
  explicit Reader(wire::BytesView rdata) : rest_(rdata) {}
  [[nodiscard]] std::optional<wire::BytesView> take(std::size_t size) {
    if (size > rest_.size()) return std::nullopt;
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  // A length octet and what it counts.
  [[nodiscard]] std::optional<wire::BytesView> take_counted() {
    const auto length = take(1);
    return length ? take(length->front()) : std::nullopt;
  }
  [[nodiscard]] std::optional<wire::Name> take_name() {
    const auto size = wire::measure_name(rest_);
    const auto octets = size ? take(*size) : std::nullopt;
    if (!octets) return std::nullopt;
    return wire::Name::from_checked_wire(*octets);
  }
  [[nodiscard]] wire::BytesView rest() const { return rest_; }

 private:
  wire::BytesView rest_;
};

constexpr std::size_t kRrsigFieldsSize = 18;
constexpr std::size_t kDnskeyFieldsSize = 4;
constexpr std::size_t kDsFieldsSize = 4;
constexpr std::size_t kNsec3FieldsSize = 4;
constexpr std::size_t kWindowHeaderSize = 2;
constexpr std::size_t kMaxWindowSize = 32;

// Calls use(number, bits) for each window. False when they do not parse: then `use` has seen those in front
// of the fault.
template <class Use>
bool walk_windows(wire::BytesView windows, Use use) {
  Reader reader(windows);
  int last = -1;
  while (!reader.rest().empty()) {
    const auto header = reader.take(kWindowHeaderSize);
    if (!header || (*header)[0] <= last) return false;
    last = (*header)[0];
    const std::size_t size = (*header)[1];
    if (size == 0 || size > kMaxWindowSize) return false;
    const auto bits = reader.take(size);
    if (!bits) return false;
    use(static_cast<std::uint8_t>(last), *bits);
  }
  return true;
}

bool is_type_bitmap(wire::BytesView windows) {
  return walk_windows(windows, [](std::uint8_t, wire::BytesView) {});
}

}  // namespace

std::optional<Rrsig> read_rrsig(wire::BytesView rdata) {
  Reader reader(rdata);
  const auto fields = reader.take(kRrsigFieldsSize);
  if (!fields) return std::nullopt;
  auto signer = reader.take_name();
  if (!signer || reader.rest().empty()) return std::nullopt;
  const std::uint8_t* p = fields->data();
  return Rrsig{.covered = static_cast<wire::Type>(wire::read_u16(p)),
               .algorithm = static_cast<Algorithm>(p[2]),
               .labels = p[3],
               .original_ttl = wire::read_u32(p + 4),
               .expiration = wire::read_u32(p + 8),
               .inception = wire::read_u32(p + 12),
               .key_tag = wire::read_u16(p + 16),
               .signer = *std::move(signer),
               .fields = *fields,
               .signature = reader.rest()};
}

std::optional<Dnskey> read_dnskey(wire::BytesView rdata) {
  if (rdata.size() <= kDnskeyFieldsSize) return std::nullopt;
  return Dnskey{.flags = wire::read_u16(rdata.data()),
                .protocol = rdata[2],
                .algorithm = static_cast<Algorithm>(rdata[3]),
                .public_key = rdata.subspan(kDnskeyFieldsSize)};
}

std::uint16_t key_tag(wire::BytesView dnskey_rdata) {
  std::uint32_t sum = 0;  // 65535 octets do not make it overflow
  for (std::size_t i = 0; i < dnskey_rdata.size(); ++i) {
    sum += (i & 1U) != 0 ? dnskey_rdata[i] : std::uint32_t{dnskey_rdata[i]} << 8;
  }
  return static_cast<std::uint16_t>(sum + (sum >> 16));
}

std::optional<Ds> read_ds(wire::BytesView rdata) {
  if (rdata.size() < kDsFieldsSize) return std::nullopt;
  return Ds{.key_tag = wire::read_u16(rdata.data()),
            .algorithm = static_cast<Algorithm>(rdata[2]),
            .digest_type = static_cast<DigestType>(rdata[3]),
            .digest = rdata.subspan(kDsFieldsSize)};
}

bool TypeBitmap::has(wire::Type type) const {
  const auto number = static_cast<std::uint16_t>(type);
  const std::size_t octet = (number & 0xFFU) / 8;
  const unsigned bit = 0x80U >> (number % 8U);
  bool found = false;
  const bool parses = walk_windows(windows_, [&](std::uint8_t window, wire::BytesView bits) {
    if (window == number >> 8 && octet < bits.size() && (bits[octet] & bit) != 0) found = true;
  });
  return parses && found;
}

std::optional<Nsec> read_nsec(wire::BytesView rdata) {
  Reader reader(rdata);
  auto next = reader.take_name();
  if (!next || !is_type_bitmap(reader.rest())) return std::nullopt;
  return Nsec{.next = *std::move(next), .types = TypeBitmap(reader.rest())};
}

std::optional<Nsec3> read_nsec3(wire::BytesView rdata) {
  Reader reader(rdata);
  const auto fields = reader.take(kNsec3FieldsSize);
  const auto salt = fields ? reader.take_counted() : std::nullopt;
  const auto next = salt ? reader.take_counted() : std::nullopt;
  if (!next || next->empty() || !is_type_bitmap(reader.rest())) return std::nullopt;
  return Nsec3{.hash_algorithm = (*fields)[0],
               .opt_out = ((*fields)[1] & 0x01U) != 0,
               .iterations = wire::read_u16(fields->data() + 2),
               .salt = *salt,
               .next_hash = *next,
               .types = TypeBitmap(reader.rest())};
}

}  // namespace shirube::dnssec
