#include "server/host_addresses.hpp"

#include <memory>

#include <ifaddrs.h>
#include <netinet/in.h>

#include "server/socket_address.hpp"

namespace shirube::server {

std::vector<wire::Address> host_addresses() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(first, &::freeifaddrs);
  std::vector<wire::Address> addresses;
  for (const auto* entry = list.get(); entry != nullptr; entry = entry->ifa_next) {
    const auto* const address = entry->ifa_addr;
    if (address == nullptr) continue;  // an interface without an address
    if (address->sa_family == AF_INET)
      addresses.push_back(from_kernel(reinterpret_cast<const sockaddr_in*>(address)->sin_addr));
    if (address->sa_family == AF_INET6)
      addresses.push_back(from_kernel(reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr));
  }
  return addresses;
}

}  // namespace shirube::server
