#include "server/demo_client.hpp"

#include <algorithm>
#include <array>

#include "wire/builder.hpp"
#include "wire/edns.hpp"

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
      {.name = "EDNS 1232", .profile = "standard", .source = loopback(1), .edns_size = wire::kSafeUdpSize},
      {.name = "qmail, 512 B",
       .profile = "legacy-512",
       .source = loopback(1),
       .edns_size = std::nullopt,
       .reads_512_only = true},
      {.name = "Squid",
       .profile = "squid",
       .source = loopback(2),
       .edns_size = std::nullopt,
       .has_ipv6 = false},
      {.name = "IPv4-only",
       .profile = "ipv4-only",
       .source = loopback(3),
       .edns_size = wire::kSafeUdpSize,
       .has_ipv6 = false},
      {.name = "Postfix, DANE",
       .profile = "standard",
       .source = loopback(4),
       .edns_size = wire::kSafeUdpSize,
       .validated_only = true},
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
  if (client.edns_size) {
    const wire::OptToWrite opt{.udp_size = *client.edns_size, .dnssec_ok = client.validated_only};
    static_cast<void>(builder.add_opt(opt, Rcode::NoError));
  }
  const auto message = builder.finish();
  return {message.begin(), message.end()};
}

std::optional<std::string> trouble(const DemoClient& client, const DemoAsked& asked, const DemoReply& reply,
                                   const AddressBook& addresses) {
  const auto message = wire::MessageView::parse(reply.last());
  if (!message) return "got no reply";
  const bool forged = asked.trust == sim::DemoTrust::Forged;
  if (forged && message->rcode() == Rcode::ServFail) return std::nullopt;
  if (client.reads_512_only) {
    if (auto why = qmail_trouble(asked.question, reply.last(), message->rcode())) return why;
  }
  if (message->rcode() == Rcode::ServFail) return "got SERVFAIL";
  const auto answer = wire::read_answer(*message);
  if (forged && answer && has_type(*answer, Type::MX)) return "mail goes to a forger's host";
  if (client.validated_only && asked.trust == sim::DemoTrust::Signed && !message->header().ad)
    return "no AD: delivers without DANE";
  if (client.has_ipv6 || !answer) return std::nullopt;
  return ipv4_trouble(asked.question, *answer, addresses);
}

std::string refusal_text(const DemoReply& reply) {
  const auto message = wire::MessageView::parse(reply.last());
  const auto opt = message ? message->opt() : std::nullopt;
  if (!opt) return {};
  const auto errors = wire::read_extended_errors(*opt);
  return errors.empty() ? std::string() : errors.front().text;
}

}  // namespace shirube::server
