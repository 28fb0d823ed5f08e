#include "server/routes.hpp"

#include <cerrno>

#include "server/owned_fd.hpp"
#include "server/socket_address.hpp"

namespace shirube::server {
namespace {

// a.root-servers.net: where a resolver without any knowledge would go.
const wire::Endpoint kFarV4{wire::Address::v4(198, 41, 0, 4), wire::kDnsPort};
const wire::Endpoint kFarV6{
    {wire::Family::V6, {0x20, 0x01, 0x05, 0x03, 0xba, 0x3e, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x30}},
    wire::kDnsPort};

std::optional<bool> refusal() {
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) return std::nullopt;
  return false;
}

std::optional<bool> is_routed(const wire::Endpoint& far) {
  const OwnedFd fd(::socket(address_family(far.address.family), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!fd) return refusal();
  const SocketAddress address(far);
  if (::connect(fd.get(), &address.any, address.size()) != 0) return refusal();
  return true;
}

}  // namespace

std::optional<Routes> look_up_routes() {
  const auto v4 = is_routed(kFarV4);
  const auto v6 = is_routed(kFarV6);
  if (!v4 || !v6) return std::nullopt;
  return Routes{.v4 = *v4, .v6 = *v6};
}

}  // namespace shirube::server
