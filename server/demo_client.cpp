#include "server/demo_client.hpp"

#include <algorithm>
#include <array>

#include "wire/builder.hpp"

namespace shirube::server {
namespace {

using wire::Rcode;
using wire::Type;

constexpr std::uint16_t kDemoPort = 40'000;

[[nodiscard]] wire::Endpoint loopback(std::uint8_t last) {
  return {wire::Address::v4(127, 0, 0, last), kDemoPort};
}

[[nodiscard]] bool has_type(const wire::Answer& answer, Type type) {
  return std::ranges::any_of(answer.answer, [&](const wire::RRset& r) { return r.type == type; });
}

// The key of ipv6hint among the parameters (RFC 9460 §14.3.2), after priority and target.
[[nodiscard]] bool has_ipv6_hint(wire::BytesView rdata) {
  constexpr std::uint16_t kIpv6Hint = 6;
  const auto target_end = wire::skip_name(rdata, 2);
  for (std::size_t at = target_end.value_or(rdata.size()); at + 4 <= rdata.size();
       at += 4U + wire::read_u16(&rdata[at + 2])) {
    if (wire::read_u16(&rdata[at]) == kIpv6Hint) return true;
  }
  return false;
}

[[nodiscard]] std::optional<std::string> qmail_trouble(const wire::Question& question, wire::BytesView reply,
                                                       Rcode rcode) {
  const bool any = question.type == Type::ANY;
  const bool understood = rcode == Rcode::NoError || rcode == Rcode::NxDomain;
  if (understood && reply.size() <= wire::kPlainUdpSize) return std::nullopt;
  return any ? "mail deferred: CNAME_lookup_failed_temporarily"
             : "mail deferred: soft error reading the MX set";
}

[[nodiscard]] std::optional<std::string> ipv4_trouble(const wire::Question& question,
                                                      const wire::Answer& answer,
                                                      const AddressBook& addresses) {
  if (question.type == Type::AAAA && has_type(answer, Type::AAAA)) return "waits for IPv6 time-outs";
  for (const auto& rrset : answer.answer) {
    for (const auto rdata : rrset.rdatas) {
      if (rrset.type == Type::HTTPS && has_ipv6_hint(rdata)) return "is hinted at IPv6 addresses";
      if (rrset.type != Type::MX) continue;
      const auto target = wire::rdata_target(Type::MX, rdata);
      if (target && !target->is_root() && !addresses.has_ipv4(*target))
        return "tries a mail host that has only IPv6";
    }
  }
  return std::nullopt;
}

}  // namespace

const std::vector<DemoClient>& demo_clients() {
  static const std::vector<DemoClient> kClients{
      {"EDNS 1232", "standard", loopback(1), wire::kSafeUdpSize, false, true},
      {"qmail, 512 B", "legacy-512", loopback(1), std::nullopt, true, true},
      {"Squid", "squid", loopback(2), std::nullopt, false, false},
      {"IPv4-only", "ipv4-only", loopback(3), wire::kSafeUdpSize, false, false},
  };
  return kClients;
}

wire::Bytes demo_query(const wire::Question& question, const DemoClient& client) {
  std::array<std::uint8_t, wire::kPlainUdpSize> buffer{};
  wire::MessageBuilder builder(buffer, buffer.size());
  wire::Header header;
  header.id = 4711;
  header.rd = true;
  builder.set_header(header);
  static_cast<void>(builder.add_question(question));
  if (client.edns_size) static_cast<void>(builder.add_opt({.udp_size = *client.edns_size}, Rcode::NoError));
  const auto message = builder.finish();
  return {message.begin(), message.end()};
}

std::optional<std::string> trouble(const DemoClient& client, const wire::Question& question,
                                   const DemoReply& reply, const AddressBook& addresses) {
  const auto message = wire::MessageView::parse(reply.last());
  if (!message) return "got no reply";
  if (client.reads_512_only) {
    if (auto why = qmail_trouble(question, reply.last(), message->rcode())) return why;
  }
  if (message->rcode() == Rcode::ServFail) return "got SERVFAIL";
  const auto answer = wire::read_answer(*message);
  if (client.has_ipv6 || !answer) return std::nullopt;
  return ipv4_trouble(question, *answer, addresses);
}

}  // namespace shirube::server
