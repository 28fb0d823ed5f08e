#include "sim/defects.hpp"

#include <stdexcept>
#include <utility>

#include "wire/presentation.hpp"

namespace shirube::sim {

Defect unsigned_rrset() {
  return [](wire::RRset& rrset, const Signer&) { rrset.signatures = {}; };
}

Defect signed_within(Validity validity) {
  return [validity](wire::RRset& rrset, const Signer& signer) {
    rrset.signatures = signer.sign_within(rrset, validity);
  };
}

Defect replaced_by(std::string rdata) {
  return [rdata = std::move(rdata)](wire::RRset& rrset, const Signer&) {
    const auto bytes = wire::parse_rdata(rrset.type, rdata);
    if (!bytes) throw std::runtime_error("no RDATA: " + rdata);
    rrset.rdatas = {};
    rrset.rdatas.add(*bytes);
  };
}

Defect missing() {
  return [](wire::RRset& rrset, const Signer&) {
    rrset.rdatas = {};
    rrset.signatures = {};
  };
}

Defect bad_signature() {
  return [](wire::RRset& rrset, const Signer&) {
    const auto good = std::exchange(rrset.signatures, {});
    for (const auto signature : good) {
      wire::Bytes bytes(signature.begin(), signature.end());
      bytes.back() ^= 1;
      rrset.signatures.add(bytes);
    }
  };
}

}  // namespace shirube::sim
