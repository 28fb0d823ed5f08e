#include "conf/root_hints.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "conf/known_good.hpp"
#include "conf/own_address.hpp"

namespace shirube::conf {
namespace {

using Reason = std::string_view;  // of a literal; empty: nothing is wrong

constexpr std::string_view kExampleHint = ". 3600000 NS a.root-servers.net.";

wire::Address address_of(wire::Type type, wire::BytesView rdata) {
  wire::Address address{.family = type == wire::Type::A ? wire::Family::V4 : wire::Family::V6};
  std::ranges::copy(rdata.first(address.size()), address.bytes.begin());
  return address;
}

class HintsReader {
 public:
  std::expected<std::vector<upstream::RootServer>, FileProblem> read(std::string_view text) {
    const auto done =
        read_zone_records(text, kExampleHint, [this](const wire::RRset& record, std::size_t line) {
          line_ = line;
          return std::string(read_record(record));
        });
    if (!done) return std::unexpected(done.error());
    return servers();
  }

 private:
  struct Addresses {
    std::size_t line;
    std::vector<wire::Address> all;
  };

  Reason read_record(const wire::RRset& record) {
    const wire::BytesView rdata = *record.rdatas.begin();
    switch (record.type) {
      case wire::Type::NS:
        return read_server(record.owner, wire::rdata_target(record.type, rdata));
      case wire::Type::A:
      case wire::Type::AAAA:
        return read_address(record.owner, address_of(record.type, rdata));
      default:
        return "expected a record of type NS, A or AAAA";
    }
  }

  Reason read_server(const wire::Name& zone, const std::optional<wire::Name>& server) {
    if (!server) return "expected the name of a server";
    if (!zone.is_root()) return "expected the name servers of \".\", not those of another zone";
    if (std::ranges::find(servers_, *server) == servers_.end()) servers_.push_back(*server);
    return {};
  }

  Reason read_address(const wire::Name& server, const wire::Address& address) {
    if (is_unspecified(address)) return "expected the address of a server; nobody has this one";
    auto& addresses = addresses_.try_emplace(server, line_, std::vector<wire::Address>{}).first->second.all;
    if (std::ranges::find(addresses, address) == addresses.end()) addresses.push_back(address);
    return {};
  }

  std::expected<std::vector<upstream::RootServer>, FileProblem> servers() {
    std::vector<upstream::RootServer> found;
    for (const wire::Name& server : servers_) {
      auto addresses = addresses_.extract(server);
      if (!addresses.empty()) found.push_back({server, std::move(addresses.mapped().all)});
    }
    // A slip in one of two names would cost a server without a word.
    if (!addresses_.empty()) return std::unexpected(nobodys_address());
    if (!found.empty()) return found;
    return std::unexpected(
        FileProblem{0, "expected at least one NS record of \".\" and an address of its server"});
  }

  [[nodiscard]] FileProblem nobodys_address() const {
    const auto first =
        std::ranges::min_element(addresses_, {}, [](const auto& entry) { return entry.second.line; });
    return {first->second.line,
            fmt::format("an address of {}, which no NS record of \".\" names", first->first.text())};
  }

  std::size_t line_ = 0;  // of the record in hand
  std::vector<wire::Name> servers_;
  std::unordered_map<wire::Name, Addresses, wire::NameHash> addresses_;
};

struct Letter {
  std::string_view name;
  std::string_view v4;
  std::string_view v6;
};

constexpr std::array kLetters{
    Letter{"a.root-servers.net.", "198.41.0.4", "2001:503:ba3e::2:30"},
    Letter{"b.root-servers.net.", "170.247.170.2", "2801:1b8:10::b"},
    Letter{"c.root-servers.net.", "192.33.4.12", "2001:500:2::c"},
    Letter{"d.root-servers.net.", "199.7.91.13", "2001:500:2d::d"},
    Letter{"e.root-servers.net.", "192.203.230.10", "2001:500:a8::e"},
    Letter{"f.root-servers.net.", "192.5.5.241", "2001:500:2f::f"},
    Letter{"g.root-servers.net.", "192.112.36.4", "2001:500:12::d0d"},
    Letter{"h.root-servers.net.", "198.97.190.53", "2001:500:1::53"},
    Letter{"i.root-servers.net.", "192.36.148.17", "2001:7fe::53"},
    Letter{"j.root-servers.net.", "192.58.128.30", "2001:503:c27::2:30"},
    Letter{"k.root-servers.net.", "193.0.14.129", "2001:7fd::1"},
    Letter{"l.root-servers.net.", "199.7.83.42", "2001:500:9f::42"},
    Letter{"m.root-servers.net.", "202.12.27.33", "2001:dc3::35"},
};

wire::Address built_in_address(std::string_view text) { return known_good(wire::Address::parse(text)); }

}  // namespace

std::expected<std::vector<upstream::RootServer>, FileProblem> parse_root_hints(std::string_view text) {
  if (text.size() > kMaxRootHintsSize) {
    return std::unexpected(
        FileProblem{0, fmt::format("longer than {} bytes: no root hints", kMaxRootHintsSize)});
  }
  return HintsReader().read(text);
}

const std::vector<upstream::RootServer>& built_in_root_hints() {
  static const std::vector<upstream::RootServer> kServers = [] {
    std::vector<upstream::RootServer> servers;
    servers.reserve(kLetters.size());
    for (const auto& [name, v4, v6] : kLetters)
      servers.push_back({wire::Name::literal(name), {built_in_address(v4), built_in_address(v6)}});
    return servers;
  }();
  return kServers;
}

}  // namespace shirube::conf
