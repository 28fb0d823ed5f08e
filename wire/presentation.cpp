#include "wire/presentation.hpp"

#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ldns/ldns.h>

#include "wire/message.hpp"
#include "wire/rdata_layout.hpp"

namespace shirube::wire {
namespace {

template <auto Release>
struct ReleaseWith {
  template <class T>
  void operator()(T* raw) const noexcept {
    Release(raw);
  }
};
using RecordPtr = std::unique_ptr<ldns_rr, ReleaseWith<ldns_rr_free>>;
using TextPtr = std::unique_ptr<char, ReleaseWith<std::free>>;

constexpr std::size_t kMaxRdataSize = 65535;

// RFC 3597 §5: any RDATA can be written so.
std::string generic_text(BytesView rdata) {
  if (rdata.empty()) return "\\# 0";
  return fmt::format("\\# {} {:02x}", rdata.size(), fmt::join(rdata, ""));
}

// The record with the root as its owner. RDATA that ldns can not read gives null.
RecordPtr record_of(Type type, BytesView rdata) {
  Bytes wire(1 + kRecordFixedSize);  // root, and TTL 0
  write_u16(&wire[1], static_cast<std::uint16_t>(type));
  write_u16(&wire[3], static_cast<std::uint16_t>(Class::IN));
  write_u16(&wire[9], static_cast<std::uint16_t>(rdata.size()));
  wire.insert(wire.end(), rdata.begin(), rdata.end());
  ldns_rr* raw = nullptr;
  std::size_t position = 0;
  if (ldns_wire2rr(&raw, wire.data(), wire.size(), &position, LDNS_SECTION_ANSWER) != LDNS_STATUS_OK)
    return {};
  RecordPtr record(raw);
  return position == wire.size() ? std::move(record) : nullptr;
}

// ldns prints "owner\tTTL\tclass\ttype\tRDATA\n".
std::optional<std::string> rdata_part(std::string_view line) {
  for (int column = 0; column < 4; ++column) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return std::nullopt;
    line.remove_prefix(tab + 1);
  }
  const std::size_t last = line.find_last_not_of(" \n");
  return last == std::string_view::npos ? std::nullopt : std::optional(std::string(line.substr(0, last + 1)));
}

RecordPtr read_line(const std::string& line) {
  // ldns stops at an end of line or string and would take what is before it for the whole.
  if (line.find_first_of(std::string_view("\0\n\r", 3)) != std::string::npos) return {};
  ldns_rr* raw = nullptr;
  if (ldns_rr_new_frm_str(&raw, line.c_str(), 0, nullptr, nullptr) != LDNS_STATUS_OK) return {};
  return RecordPtr(raw);
}

BytesView bytes_of(const ldns_rdf& field) { return {ldns_rdf_data(&field), ldns_rdf_size(&field)}; }

std::optional<Bytes> rdata_of(const ldns_rr& record) {
  Bytes rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&record); ++i) {
    const BytesView field = bytes_of(*ldns_rr_rdf(&record, i));
    rdata.insert(rdata.end(), field.begin(), field.end());
  }
  const Type type{static_cast<std::uint16_t>(ldns_rr_get_type(&record))};
  if (rdata.size() > kMaxRdataSize || is_meta(type) || !is_whole_rdata(type, rdata)) return std::nullopt;
  return rdata;
}

}  // namespace

std::string rdata_text(Type type, BytesView rdata) {
  if (!is_whole_rdata(type, rdata)) return generic_text(rdata);
  const RecordPtr record = record_of(type, rdata);
  if (!record) return generic_text(rdata);
  const TextPtr line(ldns_rr2str_fmt(ldns_output_format_nocomments, record.get()));
  return line ? rdata_part(line.get()).value_or(generic_text(rdata)) : generic_text(rdata);
}

std::optional<Bytes> parse_rdata(Type type, std::string_view text) {
  const RecordPtr record = read_line(fmt::format(". 0 IN {} {}", to_text(type), text));
  if (!record || Type{static_cast<std::uint16_t>(ldns_rr_get_type(record.get()))} != type)
    return std::nullopt;
  return rdata_of(*record);
}

std::optional<RRset> parse_record(std::string_view line) {
  const RecordPtr record = read_line(std::string(line));
  if (!record) return std::nullopt;
  const BytesView owner = bytes_of(*ldns_rr_owner(record.get()));
  const auto owner_size = measure_name(owner);
  const auto rdata = rdata_of(*record);
  if (!rdata || !owner_size || *owner_size != owner.size()) return std::nullopt;
  RRset rrset{.owner = Name::from_checked_wire(owner),
              .type = Type{static_cast<std::uint16_t>(ldns_rr_get_type(record.get()))},
              .klass = Class{static_cast<std::uint16_t>(ldns_rr_get_class(record.get()))},
              .ttl = ldns_rr_ttl(record.get())};
  rrset.rdatas.add(*rdata);
  return rrset;
}

}  // namespace shirube::wire
