// Holders: how many of a limited number of places each client has.
// Threads:  one owner.
// Cost:     logarithmic in the clients that hold a place; an ordered map, as clients choose their addresses.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>

#include "upstream/client_id.hpp"

namespace shirube::upstream {

class Holders {
 public:
  struct Holder {
    ClientId client;
    std::size_t places = 0;
  };
  void take(ClientId client) { ++places_[client]; }
  void give_back(ClientId client) {
    const auto held = places_.find(client);
    if (held != places_.end() && --held->second == 0) places_.erase(held);
  }
  [[nodiscard]] std::size_t of(ClientId client) const {
    const auto held = places_.find(client);
    return held == places_.end() ? 0 : held->second;
  }
  // Linear: for the moment when all places are taken.
  [[nodiscard]] Holder largest() const {
    const auto most = std::ranges::max_element(places_, {}, [](const auto& held) { return held.second; });
    return most == places_.end() ? Holder{} : Holder{most->first, most->second};
  }

 private:
  std::map<ClientId, std::size_t> places_;
};

}  // namespace shirube::upstream
