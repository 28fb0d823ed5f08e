// Settings while they are being read: names are still names, and what is checked later knows its place.
// Threads:  one reader.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conf/document.hpp"
#include "conf/settings.hpp"
#include "conf/zone_lists.hpp"

namespace shirube::conf {

// Keys by their full name, and where each was set.
using Seen = std::map<std::string, Position, std::less<>>;

struct ZoneServersDraft {
  const ZoneList* list;
  Located<wire::Name> zone;
  Located<std::vector<wire::Endpoint>> servers;
};

struct ClientDraft {
  policy::ClientRule rule;
  Located<std::string> profile;
};

// What is not said comes from `base`.
struct ProfileDraft {
  Located<std::string> name;
  Located<std::string> base{"standard", {}};
  std::optional<bool> any_fit;
  std::optional<bool> fit_512;
  std::optional<policy::Ipv4Only> ipv4_only;
  std::optional<bool> mx_additional;
};

struct Draft {
  Settings settings;                // the lists below are not yet in it
  Located<std::string> root_hints;  // a file that takes the place of the built-in ones
  bool validate = true;
  std::vector<Located<std::string>> trust_anchors;  // files
  Located<std::string> profile{"standard", {}};
  std::vector<ZoneServersDraft> zones;
  std::vector<ClientDraft> clients;
  std::vector<ProfileDraft> profiles;
  Seen seen;
};

// The defaults.
[[nodiscard]] Draft new_draft();

// Resolves the names, then checks what no key can check alone. The result counts only when no problem was
// added. REQUIRES: each key was read without a problem.
[[nodiscard]] Settings settle(Draft draft, Problems& problems);

}  // namespace shirube::conf
