#include "conf/trust_anchor_file.hpp"

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace shirube::conf {
namespace {

constexpr std::string_view kExampleAnchor = "example. DS 12345 13 2 0123...";

std::string take_anchor(dnssec::TrustAnchors& anchors, const wire::RRset& record) {
  const bool is_ds = record.type == wire::Type::DS;
  if (!is_ds && record.type != wire::Type::DNSKEY) return "expected a record of type DS or DNSKEY";
  if (const auto wrong = dnssec::why_no_anchor(record.type, *record.rdatas.begin()))
    return std::string(*wrong);
  dnssec::TrustAnchor anchor{.zone = record.owner};
  (is_ds ? anchor.ds : anchor.dnskeys) = record.rdatas;
  anchors.add(anchor);
  return {};
}

}  // namespace

std::expected<std::vector<dnssec::TrustAnchor>, FileProblem> parse_trust_anchors(std::string_view text) {
  if (text.size() > kMaxTrustAnchorFileSize) {
    return std::unexpected(
        FileProblem{0, fmt::format("longer than {} bytes: no trust anchors", kMaxTrustAnchorFileSize)});
  }
  dnssec::TrustAnchors anchors;
  const auto done = read_zone_records(
      text, kExampleAnchor,
      [&](const wire::RRset& record, std::size_t /*line*/) { return take_anchor(anchors, record); });
  if (!done) return std::unexpected(done.error());
  if (anchors.empty()) return std::unexpected(FileProblem{0, "expected at least one DS or DNSKEY record"});
  return anchors.all();
}

}  // namespace shirube::conf
