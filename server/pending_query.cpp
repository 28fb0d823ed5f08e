#include "server/pending_query.hpp"

#include <utility>

namespace shirube::server {
namespace {

// Bits of RenderedKey::form.
constexpr std::uint8_t kFormEdns = 1;
constexpr std::uint8_t kFormDnssecOk = 2;
constexpr std::uint8_t kFormCheckingDisabled = 4;
constexpr std::uint8_t kFormWantsAd = 8;
constexpr std::uint8_t kFormKeepalive = 16;
constexpr std::uint8_t kFormCompactOk = 32;

[[nodiscard]] std::uint8_t bit_if(std::uint8_t bit, bool set) { return set ? bit : std::uint8_t{0}; }

}  // namespace

PendingQuery make_pending(const wire::QueryView& query, const ReplyPath& path, std::size_t profile,
                          ServingPtr serving, wire::Instant arrived) {
  PendingQuery pending;
  pending.question.name = wire::Name::from_checked_wire(query.name_as_asked());
  pending.question.type = query.type;
  pending.question.klass = query.klass;
  pending.question_bytes.assign(query.question.begin(), query.question.end());
  pending.form = reply_form(query, path.transport == ClientTransport::Tcp);
  pending.path = path;
  pending.profile = profile;
  pending.serving = std::move(serving);
  pending.arrived = arrived;
  return pending;
}

policy::ClientView client_view(const PendingQuery& pending) {
  policy::ClientView view;
  view.rewrites = pending.serving->rewrites[pending.profile];
  view.edns = pending.form.edns;
  view.dnssec_ok = pending.form.dnssec_ok;
  const bool any = pending.question.type == wire::Type::ANY && view.rewrites.any_fit;
  const bool small_buffer = !view.edns && (any || view.rewrites.fit_512);
  view.size_limit = small_buffer ? wire::kPlainUdpSize : static_cast<std::uint16_t>(pending.form.size_limit);
  return view;
}

cache::RenderedKey rendered_key(const wire::QueryView& query, const ReplyForm& form, std::size_t profile) {
  cache::RenderedKey key;
  key.lowered_name = query.lowered();
  key.type = query.type;
  key.size_limit = static_cast<std::uint16_t>(form.size_limit);
  key.profile = static_cast<std::uint8_t>(profile);
  key.form = static_cast<std::uint8_t>(
      bit_if(kFormEdns, form.edns) | bit_if(kFormDnssecOk, form.dnssec_ok) |
      bit_if(kFormCheckingDisabled, form.header.cd) | bit_if(kFormWantsAd, form.header.ad || form.dnssec_ok) |
      bit_if(kFormKeepalive, form.keepalive_100ms.has_value()) | bit_if(kFormCompactOk, form.compact_ok));
  return key;
}

}  // namespace shirube::server
