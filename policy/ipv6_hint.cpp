// ipv6hint taken out of SVCB and HTTPS RDATA: browsers connect to the hint without ever asking for the AAAA.
#include <utility>
#include <variant>

#include "policy/service_hints.hpp"
#include "policy/steps.hpp"

namespace shirube::policy {
namespace {

bool is_ipv6_hint(const ServiceParameter& param) { return param.key == kIpv6Hint; }

bool strip(wire::RRset& rrset) {
  if (!has_service_hints(rrset.type)) return false;
  bool stripped = false;
  wire::RdataList kept;
  for (const wire::BytesView rdata : rrset.rdatas) {
    // A malformed record is left to the client: it ignores the record (RFC 9460 §2.2).
    const auto result = without_parameters(rdata, is_ipv6_hint);
    const auto* shorter = std::get_if<wire::Bytes>(&result);
    stripped |= shorter != nullptr;
    kept.add(shorter != nullptr ? wire::BytesView(*shorter) : rdata);
  }
  if (!stripped) return false;
  kept.drop_duplicates();
  rrset.rdatas = std::move(kept);
  rrset.signatures = {};
  return true;
}

bool strip_all(std::vector<wire::RRset>& rrsets) {
  bool stripped = false;
  for (wire::RRset& rrset : rrsets) stripped |= strip(rrset);
  return stripped;
}

}  // namespace

Change strip_ipv6_hints(const Job& job) {
  const bool in_additional = strip_all(job.answer.additional);
  if (strip_all(job.answer.answer)) return Change::Content;
  return in_additional ? Change::Additional : Change::None;
}

}  // namespace shirube::policy
