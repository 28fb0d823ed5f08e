#include "dnssec/owner_types.hpp"

#include <bit>
#include <initializer_list>

namespace shirube::dnssec {
namespace {

using wire::Type;

// Bits that are set in all windows: number, length, that many octets.
int count_types(wire::BytesView windows) {
  int count = 0;
  while (windows.size() >= 2) {
    const std::size_t length = windows[1];
    if (windows.size() - 2 < length) break;
    for (const std::uint8_t octet : windows.subspan(2, length)) count += std::popcount(octet);
    windows = windows.subspan(2 + length);
  }
  return count;
}

}  // namespace

bool OwnerTypes::is_parent_side() const { return types_.has(Type::NS) && !types_.has(Type::SOA); }

bool OwnerTypes::hides_names_below() const { return is_parent_side() || types_.has(Type::DNAME); }

// Only what denial itself puts at a name: an empty non-terminal as RFC 9824 shows it, or no name at all.
bool OwnerTypes::is_without_data() const {
  int of_denial = 0;
  for (const Type type : {Type::RRSIG, Type::NSEC, Type::NXNAME}) of_denial += types_.has(type) ? 1 : 0;
  return count_types(windows_) == of_denial;
}

bool OwnerTypes::denies(Type type, const wire::Name& owner) const {
  if (type == Type::ANY) return is_without_data();
  // Where a CNAME is, the answer is the CNAME.
  if (types_.has(type) || types_.has(Type::CNAME)) return false;
  if (type == Type::DS) return !types_.has(Type::SOA) || owner.is_root();
  return !is_parent_side();
}

CutProof OwnerTypes::cut_without_ds() const {
  if (types_.has(Type::DS) || types_.has(Type::SOA)) return CutProof::NotProven;
  return types_.has(Type::NS) ? CutProof::UnsignedDelegation : CutProof::NoCut;
}

}  // namespace shirube::dnssec
