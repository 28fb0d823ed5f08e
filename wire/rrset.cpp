#include "wire/rrset.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "wire/rdata_layout.hpp"

namespace shirube::wire {
namespace {

// Reads the fields of an RDATA from left to right.
class FieldReader {
 public:
  explicit FieldReader(BytesView rdata) : rdata_(rdata) {}
  // The octets of the next field; nullopt when they are not there.
  [[nodiscard]] std::optional<BytesView> next(Field field) {
    const auto end = field_end(rdata_, at_, field, false);
    if (!end) return std::nullopt;
    const BytesView bytes = rdata_.subspan(at_, *end - at_);
    at_ = *end;
    return bytes;
  }

 private:
  BytesView rdata_;
  std::size_t at_ = 0;
};

}  // namespace

void RdataList::add(BytesView rdata) {
  std::array<std::uint8_t, 2> length;
  write_u16(length.data(), static_cast<std::uint16_t>(rdata.size()));
  packed_.insert(packed_.end(), length.begin(), length.end());
  packed_.insert(packed_.end(), rdata.begin(), rdata.end());
  ++count_;
}

void RdataList::add_unless_present(BytesView rdata) {
  if (!contains(rdata)) add(rdata);
}

void RdataList::drop_duplicates() {
  constexpr std::uint32_t kFew = 2;
  if (count_ < kFew) return;
  auto second = begin();
  ++second;
  if (count_ == kFew && !std::ranges::equal(*begin(), *second)) return;
  std::vector<BytesView> sorted(begin(), end());
  std::ranges::sort(sorted, [](BytesView a, BytesView b) {
    if (a.size() != b.size()) return a.size() < b.size();
    const int order = a.empty() ? 0 : std::memcmp(a.data(), b.data(), a.size());
    return order != 0 ? order < 0 : a.data() < b.data();
  });
  std::vector<const std::uint8_t*> repeated;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (std::ranges::equal(sorted[i - 1], sorted[i])) repeated.push_back(sorted[i].data());
  }
  if (repeated.empty()) return;
  std::ranges::sort(repeated);
  RdataList kept;
  for (const BytesView rdata : *this) {
    if (!std::ranges::binary_search(repeated, rdata.data())) kept.add(rdata);
  }
  *this = std::move(kept);
}

bool RdataList::contains(BytesView rdata) const {
  return std::any_of(begin(), end(), [rdata](BytesView other) { return std::ranges::equal(rdata, other); });
}

std::size_t memory_size(const RRset& rrset) {
  return sizeof(RRset) + rrset.owner.heap_size() + rrset.rdatas.byte_size() + rrset.signatures.byte_size();
}

std::optional<Name> rdata_target(Type type, BytesView rdata) {
  switch (type) {
    case Type::CNAME:
    case Type::DNAME:
    case Type::NS:
    case Type::PTR:
    case Type::MX:
    case Type::SRV:
    case Type::KX:
    case Type::AFSDB:
      break;
    default:
      return std::nullopt;
  }
  FieldReader reader(rdata);
  for (const Field field : rdata_layout(type).fields) {
    const auto bytes = reader.next(field);
    if (!bytes) return std::nullopt;
    if (field.kind == FieldKind::Name) return Name::from_checked_wire(*bytes);
  }
  return std::nullopt;
}

std::optional<std::uint16_t> mx_preference(BytesView rdata) {
  if (rdata.size() < 2) return std::nullopt;
  return read_u16(rdata.data());
}

std::optional<Soa> read_soa(BytesView rdata) {
  FieldReader reader(rdata);
  const auto mname = reader.next({FieldKind::Name});
  const auto rname = mname ? reader.next({FieldKind::Name}) : std::nullopt;
  const auto numbers = rname ? reader.next({FieldKind::Fixed, 20}) : std::nullopt;
  if (!numbers) return std::nullopt;
  const std::uint8_t* p = numbers->data();
  return Soa{.mname = Name::from_checked_wire(*mname),
             .rname = Name::from_checked_wire(*rname),
             .serial = read_u32(p),
             .refresh = read_u32(p + 4),
             .retry = read_u32(p + 8),
             .expire = read_u32(p + 12),
             .minimum = read_u32(p + 16)};
}

}  // namespace shirube::wire
