// RRsets as ldns has them, and back.
// Threads:  any.
// Owns:     the pointers free what they point to.
// Errors:   std::runtime_error when ldns does not take a record: worlds are made by tests and demo.
#pragma once

#include <memory>
#include <optional>  // before ldns, which makes `false` a macro that it does not bear

#include <ldns/ldns.h>

#include "wire/rrset.hpp"

namespace shirube::sim {

struct FreeLdns {
  void operator()(ldns_rr* record) const { ldns_rr_free(record); }
  void operator()(ldns_rr_list* records) const { ldns_rr_list_deep_free(records); }
  void operator()(ldns_rdf* field) const { ldns_rdf_deep_free(field); }
};
using RecordPtr = std::unique_ptr<ldns_rr, FreeLdns>;
using RecordsPtr = std::unique_ptr<ldns_rr_list, FreeLdns>;
using FieldPtr = std::unique_ptr<ldns_rdf, FreeLdns>;

// Borrows.
[[nodiscard]] wire::BytesView bytes_of(const ldns_rdf* field);
[[nodiscard]] wire::Bytes rdata_of(const ldns_rr& record);
[[nodiscard]] FieldPtr ldns_name(const wire::Name& name);
// Without its signatures.
[[nodiscard]] RecordsPtr ldns_records(const wire::RRset& rrset);

}  // namespace shirube::sim
