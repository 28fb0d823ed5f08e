#include "conf/own_address.hpp"

#include <algorithm>

namespace shirube::conf {
namespace {

constexpr std::uint8_t kLoopbackNet = 127;  // 127.0.0.0/8 (RFC 1122 §3.2.1.3)

wire::Address loopback(wire::Family family) {
  wire::Address address = wire::Address::v4(kLoopbackNet, 0, 0, 1);
  if (family == wire::Family::V4) return address;
  address.family = wire::Family::V6;
  address.bytes = {};
  address.bytes.back() = 1;
  return address;
}

bool is_loopback(const wire::Address& address) {
  if (address.family == wire::Family::V4) return address.bytes.front() == kLoopbackNet;
  return address == loopback(wire::Family::V6);
}

}  // namespace

bool is_unspecified(const wire::Address& address) {
  return std::ranges::all_of(address.bytes, [](std::uint8_t octet) { return octet == 0; });
}

wire::Address as_destination(const wire::Address& address) {
  const wire::Address plain = address.unmapped();
  return is_unspecified(plain) ? loopback(plain.family) : plain;
}

bool is_own_address(const wire::Endpoint& server, const std::vector<wire::Endpoint>& listen) {
  const wire::Address asked = as_destination(server.address);
  return std::ranges::any_of(listen, [&](const wire::Endpoint& own) {
    if (own.port != server.port) return false;
    const wire::Address bound = own.address.unmapped();
    if (is_unspecified(bound)) return bound.family == asked.family && is_loopback(asked);
    return bound == asked;
  });
}

std::vector<wire::Endpoint> as_reached(std::vector<wire::Endpoint> listen,
                                       const std::vector<wire::Address>& host) {
  const std::size_t configured = listen.size();
  for (std::size_t i = 0; i < configured; ++i) {
    const wire::Endpoint own = listen[i];
    const wire::Address bound = own.address.unmapped();
    if (!is_unspecified(bound)) continue;
    for (const wire::Address& address : host) {
      if (address.family == bound.family) listen.push_back({address, own.port});
    }
  }
  return listen;
}

}  // namespace shirube::conf
