// The clients of the demo: how each asks, what it can digest, and what becomes of it with a given reply.
// Threads:  pure.
// Source:   measured with the real programs: unpatched qmail reads 512 octets, by TCP too; Squid and
//           IPv4-only hosts wait for what no route reaches.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// Why the client fails with this reply; nullopt when it is fine.
[[nodiscard]] std::optional<std::string> trouble(const DemoClient& client, const wire::Question& question,
                                                 const DemoReply& reply, const AddressBook& addresses);

}  // namespace shirube::server
