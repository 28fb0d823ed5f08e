// Short ways to load a text in a test: the settings of a good one, the error line of a bad one.
#pragma once

#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "conf/loader.hpp"

namespace shirube::conf {

inline Settings loaded(std::string_view text, const Overrides& overrides = {}) {
  auto settings = load_text(text, "f.toml", overrides);
  if (!settings) FAIL(settings.error().line());
  return *settings;
}

// "" when the text loads after all.
inline std::string refusal(std::string_view text, const Overrides& overrides = {}) {
  const auto settings = load_text(text, "f.toml", overrides);
  return settings ? "" : settings.error().line();
}

inline wire::Endpoint endpoint(std::string_view text) { return wire::Endpoint::parse(text).value(); }
inline wire::Prefix prefix(std::string_view text) { return wire::Prefix::parse(text).value(); }

}  // namespace shirube::conf
