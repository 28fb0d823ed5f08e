// What a configuration leaves to the host: our own addresses, the upstream servers of last resort and the
// address families that may be used.
// Threads:  pure.
// Errors:   a sentence for the administrator that says what to do.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "conf/settings.hpp"

namespace shirube::server {

// Fills `upstream.own` with the `host_addresses` on which we listen; a server of a configured [[forward]] or
// [[stub]] that is one of them is an error. In the mode that forwards, adds a [[forward]] for "." with the
// name servers of `resolv_conf` that are not ourselves when the configuration has none. Takes out servers of
// families that are switched off.
[[nodiscard]] std::expected<conf::Settings, std::string> complete_settings(
    conf::Settings settings, std::string_view resolv_conf, const std::vector<wire::Address>& host_addresses);

}  // namespace shirube::server
