#include "conf/resolv_conf.hpp"

#include <algorithm>
#include <optional>

#include "conf/limits.hpp"
#include "conf/own_address.hpp"
#include "conf/text_lines.hpp"

namespace shirube::conf {
namespace {

// As glibc reads it: the keyword starts the line, and the address ends at a blank or a comment.
std::optional<wire::Address> name_server(std::string_view line) {
  constexpr std::string_view kKeyword = "nameserver";
  if (!line.starts_with(kKeyword)) return std::nullopt;
  line.remove_prefix(kKeyword.size());
  const std::size_t start = line.find_first_not_of(kBlanks);
  if (start == 0 || start == std::string_view::npos) return std::nullopt;
  line.remove_prefix(start);
  return wire::Address::parse(line.substr(0, line.find_first_of("#; \t\r")));
}

}  // namespace

std::vector<wire::Endpoint> upstream_servers(std::string_view resolv_conf,
                                             const std::vector<wire::Endpoint>& listen) {
  std::vector<wire::Endpoint> servers;
  while (!resolv_conf.empty() && servers.size() < kMaxServersPerZone) {
    const auto address = name_server(take_line(resolv_conf));
    if (!address) continue;
    const wire::Endpoint server{as_destination(*address), wire::kDnsPort};
    const bool is_known = std::ranges::find(servers, server) != servers.end();
    if (!is_known && !is_own_address(server, listen)) servers.push_back(server);
  }
  return servers;
}

}  // namespace shirube::conf
