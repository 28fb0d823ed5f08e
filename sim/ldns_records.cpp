#include "sim/ldns_records.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace shirube::sim {
namespace {

constexpr std::size_t kFixedFields = 10;  // type, class, TTL and length of the RDATA

[[nodiscard]] RecordPtr ldns_record(const wire::RRset& rrset, wire::BytesView rdata) {
  const auto owner = rrset.owner.wire();
  wire::Bytes bytes(owner.begin(), owner.end());
  bytes.resize(owner.size() + kFixedFields);
  auto* fixed = bytes.data() + owner.size();
  wire::write_u16(fixed, static_cast<std::uint16_t>(rrset.type));
  wire::write_u16(fixed + 2, static_cast<std::uint16_t>(rrset.klass));
  wire::write_u32(fixed + 4, rrset.ttl);
  wire::write_u16(fixed + 8, static_cast<std::uint16_t>(rdata.size()));
  bytes.insert(bytes.end(), rdata.begin(), rdata.end());
  ldns_rr* record = nullptr;
  std::size_t read = 0;
  const auto status = ldns_wire2rr(&record, bytes.data(), bytes.size(), &read, LDNS_SECTION_ANSWER);
  if (status != LDNS_STATUS_OK)
    throw std::runtime_error(
        fmt::format("{} {}: {}", rrset.owner.text(), to_text(rrset.type), ldns_get_errorstr_by_id(status)));
  return RecordPtr(record);
}

}  // namespace

wire::BytesView bytes_of(const ldns_rdf* field) { return {ldns_rdf_data(field), ldns_rdf_size(field)}; }

wire::Bytes rdata_of(const ldns_rr& record) {
  wire::Bytes rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&record); ++i) {
    const auto field = bytes_of(ldns_rr_rdf(&record, i));
    rdata.insert(rdata.end(), field.begin(), field.end());
  }
  return rdata;
}

FieldPtr ldns_name(const wire::Name& name) {
  return FieldPtr(ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, name.size(), name.wire().data()));
}

RecordsPtr ldns_records(const wire::RRset& rrset) {
  RecordsPtr records(ldns_rr_list_new());
  for (const auto rdata : rrset.rdatas)
    ldns_rr_list_push_rr(records.get(), ldns_record(rrset, rdata).release());
  return records;
}

}  // namespace shirube::sim
