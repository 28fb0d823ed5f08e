#include "wire/rdata_layout.hpp"

#include <algorithm>
#include <array>

#include "wire/message.hpp"
#include "wire/name.hpp"

namespace shirube::wire {
namespace {

constexpr Field fixed(std::uint8_t size) { return {FieldKind::Fixed, size}; }
constexpr Field kName{FieldKind::Name};
constexpr Field kText{FieldKind::CharString};
constexpr Field kRest{FieldKind::Rest};

// Types of RFC 1035 that a record may still have; obsolete mail types among them.
constexpr Type kMd{3}, kMf{4}, kMb{7}, kMg{8}, kMr{9}, kMinfo{14};
constexpr Type kRt{21}, kPx{26};

constexpr std::array kOpaque = {kRest};
constexpr std::array kOneName = {kName};
constexpr std::array kTwoNames = {kName, kName};
constexpr std::array kSoa = {kName, kName, fixed(20)};
constexpr std::array kTwoTexts = {kText, kText};
constexpr std::array kNumberAndName = {fixed(2), kName};
constexpr std::array kNumberAndTwoNames = {fixed(2), kName, kName};
constexpr std::array kA = {fixed(4)};
constexpr std::array kAaaa = {fixed(16)};
constexpr std::array kSrv = {fixed(6), kName};
constexpr std::array kNaptr = {fixed(4), kText, kText, kText, kName};
constexpr std::array kSvcb = {fixed(2), kName, kRest};
constexpr std::array kRrsig = {fixed(18), kName, kRest};
constexpr std::array kNsec = {kName, kRest};
constexpr std::array kNsec3 = {fixed(4), kText, kText, kRest};
constexpr std::array kNsec3Param = {fixed(4), kText};
constexpr std::array kKeyOrDigest = {fixed(4), kRest};

// RFC 1035: we compress. RFC 3597 §4: others do. All newer types: nobody may.
constexpr RdataLayout well_known(std::span<const Field> fields) { return {fields, true, true}; }
constexpr RdataLayout once_compressed(std::span<const Field> fields) { return {fields, true, false}; }
constexpr RdataLayout never_compressed(std::span<const Field> fields) { return {fields, false, false}; }

struct Entry {
  Type type;
  RdataLayout layout;
};

constexpr std::array kLayouts = std::to_array<Entry>({
    {Type::A, never_compressed(kA)},
    {Type::NS, well_known(kOneName)},
    {kMd, well_known(kOneName)},
    {kMf, well_known(kOneName)},
    {Type::CNAME, well_known(kOneName)},
    {Type::SOA, well_known(kSoa)},
    {kMb, well_known(kOneName)},
    {kMg, well_known(kOneName)},
    {kMr, well_known(kOneName)},
    {Type::PTR, well_known(kOneName)},
    {Type::HINFO, never_compressed(kTwoTexts)},
    {kMinfo, well_known(kTwoNames)},
    {Type::MX, well_known(kNumberAndName)},
    {Type::RP, once_compressed(kTwoNames)},
    {Type::AFSDB, once_compressed(kNumberAndName)},
    {kRt, once_compressed(kNumberAndName)},
    {kPx, once_compressed(kNumberAndTwoNames)},
    {Type::AAAA, never_compressed(kAaaa)},
    {Type::SRV, once_compressed(kSrv)},
    {Type::NAPTR, once_compressed(kNaptr)},
    {Type::KX, never_compressed(kNumberAndName)},
    {Type::DNAME, never_compressed(kOneName)},
    {Type::DS, never_compressed(kKeyOrDigest)},
    {Type::RRSIG, never_compressed(kRrsig)},
    {Type::NSEC, never_compressed(kNsec)},
    {Type::DNSKEY, never_compressed(kKeyOrDigest)},
    {Type::NSEC3, never_compressed(kNsec3)},
    {Type::NSEC3PARAM, never_compressed(kNsec3Param)},
    {Type::CDS, never_compressed(kKeyOrDigest)},
    {Type::CDNSKEY, never_compressed(kKeyOrDigest)},
    {Type::SVCB, never_compressed(kSvcb)},
    {Type::HTTPS, never_compressed(kSvcb)},
});
static_assert(std::ranges::none_of(kLayouts, [](const Entry& entry) {
  return entry.layout.accept_compressed &&
         std::ranges::any_of(entry.layout.fields, [](Field f) { return f.kind == FieldKind::Rest; });
}));

constexpr RdataLayout kOpaqueLayout = never_compressed(kOpaque);

// Direct lookup: the parser asks once for each record.
constexpr std::size_t kIndexed = 128;
constexpr auto kByNumber = [] {
  std::array<const RdataLayout*, kIndexed> index{};
  index.fill(&kOpaqueLayout);
  for (const Entry& entry : kLayouts) index[static_cast<std::size_t>(entry.type)] = &entry.layout;
  return index;
}();

}  // namespace

const RdataLayout& rdata_layout(Type type) {
  const auto number = static_cast<std::size_t>(type);
  return number < kIndexed ? *kByNumber[number] : kOpaqueLayout;
}

const RdataLayout& opaque_layout() { return kOpaqueLayout; }

std::optional<std::size_t> field_end(BytesView bytes, std::size_t at, Field field, bool accept_compressed) {
  switch (field.kind) {
    case FieldKind::Rest:
      return bytes.size();
    case FieldKind::Fixed:
      at += field.size;
      break;
    case FieldKind::CharString:
      if (at >= bytes.size()) return std::nullopt;
      at += std::size_t{1} + bytes[at];
      break;
    case FieldKind::Name:
      if (accept_compressed) {
        const auto end = skip_name(bytes, at);
        return end ? std::optional(*end) : std::nullopt;
      }
      const auto size = measure_name(bytes.subspan(at));
      return size ? std::optional(at + *size) : std::nullopt;
  }
  return at <= bytes.size() ? std::optional(at) : std::nullopt;
}

bool fields_fit(BytesView bytes, std::size_t at, const RdataLayout& layout) {
  for (const Field field : layout.fields) {
    const auto end = field_end(bytes, at, field, layout.accept_compressed);
    if (!end) return false;
    at = *end;
  }
  return at == bytes.size();
}

bool is_whole_rdata(Type type, BytesView rdata) {
  const RdataLayout& layout = rdata_layout(type);
  return fields_fit(rdata, 0, {layout.fields, false, false});
}

}  // namespace shirube::wire
