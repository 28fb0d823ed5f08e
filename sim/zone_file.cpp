#include "sim/zone_file.hpp"

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/ldns_records.hpp"

namespace shirube::sim {
namespace {

constexpr std::uint32_t kDefaultTtl = 3600;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// What ldns carries from line to line: the parser reads and replaces all of it.
class ZoneReader {
 public:
  ZoneReader(const wire::Name& apex, std::string_view text)
      : apex_text_(apex.text()), text_(text), origin_(ldns_dname_new_frm_str(apex_text_.c_str())) {
    text_ += '\n';  // fmemopen() refuses an empty buffer, and ldns a last line without an end
    file_.reset(fmemopen(text_.data(), text_.size(), "r"));
    if (file_ == nullptr || origin_ == nullptr) fail("cannot be read");
  }
  ZoneReader(const ZoneReader&) = delete;
  ZoneReader& operator=(const ZoneReader&) = delete;
  ~ZoneReader() {
    ldns_rdf_deep_free(origin_);
    ldns_rdf_deep_free(previous_);
  }

  // nullptr at the end of the text.
  [[nodiscard]] RecordPtr next() {
    while (std::feof(file_.get()) == 0) {
      ldns_rr* record = nullptr;
      line_ = lines_read_ + 1;
      const auto status =
          ldns_rr_new_frm_fp_l(&record, file_.get(), &ttl_, &origin_, &previous_, &lines_read_);
      switch (status) {
        case LDNS_STATUS_OK:
          return RecordPtr(record);
        case LDNS_STATUS_SYNTAX_EMPTY:
        case LDNS_STATUS_SYNTAX_TTL:
        case LDNS_STATUS_SYNTAX_ORIGIN:
          break;  // blank line, comment, directive: taken in
        default:
          fail(ldns_get_errorstr_by_id(status));
      }
    }
    return nullptr;
  }
  [[noreturn]] void fail(std::string_view reason) const {
    throw std::runtime_error(fmt::format("{}:{}: {}", apex_text_, line_, reason));
  }

 private:
  std::string apex_text_;
  std::string text_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  ldns_rdf* origin_;
  ldns_rdf* previous_ = nullptr;
  std::uint32_t ttl_ = kDefaultTtl;
  int lines_read_ = 0;  // with the empty lines that follow a record
  int line_ = 1;        // where the record begins, or a comment right before it
};

// RRsets in the making, found by owner and type.
class RRsetCollector {
 public:
  void add(wire::Name owner, wire::Type type, std::uint32_t ttl, wire::BytesView rdata) {
    if (type == wire::Type::RRSIG) {
      signatures_.push_back({std::move(owner), ttl, wire::Bytes(rdata.begin(), rdata.end())});
      return;
    }
    auto& rrset = at(owner, type, ttl);
    rrset.ttl = std::min(rrset.ttl, ttl);
    rrset.rdatas.add_unless_present(rdata);
  }
  // Signatures come last because a zone file may have them before what they cover.
  [[nodiscard]] std::vector<wire::RRset> finish() {
    for (const auto& signature : signatures_) {
      const auto covered = static_cast<wire::Type>(wire::read_u16(signature.rdata.data()));
      const auto found = index_.find({signature.owner.lowered().text(), covered});
      if (found != index_.end()) {
        rrsets_[found->second].signatures.add_unless_present(signature.rdata);
      } else {
        at(signature.owner, wire::Type::RRSIG, signature.ttl).rdatas.add_unless_present(signature.rdata);
      }
    }
    return std::move(rrsets_);
  }

 private:
  struct Signature {
    wire::Name owner;
    std::uint32_t ttl;
    wire::Bytes rdata;
  };
  [[nodiscard]] wire::RRset& at(const wire::Name& owner, wire::Type type, std::uint32_t ttl) {
    const auto [entry, is_new] = index_.try_emplace({owner.lowered().text(), type}, rrsets_.size());
    if (is_new) {
      rrsets_.push_back({.owner = owner,
                         .type = type,
                         .klass = wire::Class::IN,
                         .ttl = ttl,
                         .rdatas = {},
                         .signatures = {}});
    }
    return rrsets_[entry->second];
  }

  std::vector<wire::RRset> rrsets_;
  std::map<std::pair<std::string, wire::Type>, std::size_t> index_;
  std::vector<Signature> signatures_;
};

}  // namespace

std::vector<wire::RRset> parse_zone(const wire::Name& apex, std::string_view text) {
  ZoneReader reader(apex, text);
  RRsetCollector collector;
  while (const auto record = reader.next()) {
    if (ldns_rr_get_class(record.get()) != LDNS_RR_CLASS_IN) reader.fail("class is not IN");
    auto owner = wire::Name::from_checked_wire(bytes_of(ldns_rr_owner(record.get())));
    if (!owner.is_within(apex)) reader.fail(owner.text() + " is outside the zone");
    collector.add(std::move(owner), static_cast<wire::Type>(ldns_rr_get_type(record.get())),
                  ldns_rr_ttl(record.get()), rdata_of(*record));
  }
  return collector.finish();
}

}  // namespace shirube::sim
