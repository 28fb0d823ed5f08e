#include "policy/profile_choice.hpp"

#include <algorithm>

#include "policy/access.hpp"

namespace shirube::policy {
namespace {

bool matches(const ClientRule& rule, const ClientTraits& client) {
  const bool from_fits = rule.from.empty() || allowed(rule.from, client.address);
  const bool edns_fits = !rule.edns || *rule.edns == client.edns;
  return from_fits && edns_fits;
}

bool resolve_auto(Ipv4Only wish, bool otherwise) {
  return wish == Ipv4Only::Auto ? otherwise : wish == Ipv4Only::On;
}

}  // namespace

std::size_t choose_profile(const PolicySettings& settings, const ClientTraits& client) {
  const auto rule =
      std::ranges::find_if(settings.clients, [&](const ClientRule& r) { return matches(r, client); });
  return rule == settings.clients.end() ? settings.default_profile : rule->profile;
}

Rewrites effective_rewrites(const PolicySettings& settings, const Profile& profile,
                            bool host_has_ipv6_route) {
  const bool auto_means = resolve_auto(settings.ipv4_only, !host_has_ipv6_route);
  return {.any_fit = profile.any_fit,
          .fit_512 = profile.fit_512,
          .ipv4_only = resolve_auto(profile.ipv4_only, auto_means),
          .mx_additional = profile.mx_additional};
}

}  // namespace shirube::policy
