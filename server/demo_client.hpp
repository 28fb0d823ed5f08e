// The clients of the demo: how each asks, what it can digest, and what becomes of it with a given reply.
// Threads:  pure.
// Source:   measured with the real programs: unpatched qmail reads 512 octets, by TCP too; Squid and
//           IPv4-only hosts wait for what no route reaches; Postfix uses DANE only where it sees AD.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/demo_world.hpp"
#include "wire/answer.hpp"
#include "wire/endpoint.hpp"

namespace shirube::server {

struct DemoClient {
  std::string_view name;
  std::string_view profile;
  wire::Endpoint source;  // its profile is chosen by this address
  std::optional<std::uint16_t> edns_size;
  bool reads_512_only = false;
  bool has_ipv6 = true;
  bool validated_only = false;  // asks with DO, and trusts no TLSA without AD
};
[[nodiscard]] const std::vector<DemoClient>& demo_clients();

[[nodiscard]] wire::Bytes demo_query(const wire::Question& question, const DemoClient& client);

// What a client ends up with: over UDP, and over TCP if it had to ask again.
struct DemoReply {
  wire::Bytes udp;
  std::optional<wire::Bytes> tcp;
  [[nodiscard]] wire::BytesView last() const { return tcp ? *tcp : udp; }
};

// Which hosts have an IPv4 address, for judging MX targets: the world's truth.
class AddressBook {
 public:
  virtual ~AddressBook() = default;
  [[nodiscard]] virtual bool has_ipv4(const wire::Name& host) const = 0;
};

// What the client asks about, and how far that domain can be trusted.
struct DemoAsked {
  wire::Question question;
  sim::DemoTrust trust = sim::DemoTrust::Unsigned;
};

// What goes wrong for the client with this reply; nullopt when it is fine. To be refused what is forged is
// fine.
[[nodiscard]] std::optional<std::string> trouble(const DemoClient& client, const DemoAsked& asked,
                                                 const DemoReply& reply, const AddressBook& addresses);

// Of a client that was told: the first extended error's text.
[[nodiscard]] std::string refusal_text(const DemoReply& reply);

}  // namespace shirube::server
