#include "upstream/server_choice.hpp"

#include <array>
#include <map>

#include <catch2/catch.hpp>

#include "sim/simulated_network.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using upstream::Candidate;
using upstream::ServerState;

namespace {

[[nodiscard]] ServerState measured(wire::Duration rtt) {
  ServerState state;
  state.measured = true;
  state.smoothed_rtt = rtt;
  return state;
}

struct Choices {
  sim::World world;
  sim::SimulatedNetwork network{world, 7};

  // How often each is chosen in a thousand draws.
  std::map<std::size_t, int> count(std::span<const Candidate> candidates, unsigned max_tries = 3) {
    std::map<std::size_t, int> chosen;
    for (int i = 0; i < 1000; ++i) {
      const auto index = upstream::choose_server(candidates, max_tries, network.now(), network);
      if (index) ++chosen[*index];
    }
    return chosen;
  }
};

}  // namespace

TEST_CASE("the fast band shares the load, a slow server is only looked at now and then") {
  const std::array states{measured(10ms), measured(25ms), measured(200ms)};
  const std::array candidates{Candidate{&states[0]}, Candidate{&states[1]}, Candidate{&states[2]}};
  auto chosen = Choices().count(candidates);
  CHECK(chosen[0] > 350);
  CHECK(chosen[1] > 350);
  CHECK(chosen[2] > 0);
  CHECK(chosen[2] < 60);
}

TEST_CASE("who is down is not asked while another is up, and still asked when nobody else is left") {
  Choices choices;
  std::array states{measured(10ms), measured(200ms)};
  upstream::note_failure(states[0], choices.network.now(), choices.network.now());
  const std::array both{Candidate{&states[0]}, Candidate{&states[1]}};
  CHECK(choices.count(both)[0] == 0);
  CHECK(choices.count(std::span(both).first(1))[0] == 1000);
}

TEST_CASE("a server whose time is up is tried by few, not by everybody") {
  Choices choices;
  std::array states{ServerState{}, measured(200ms)};
  upstream::note_failure(states[0], choices.network.now(), choices.network.now());
  choices.network.advance(3s);
  const std::array both{Candidate{&states[0]}, Candidate{&states[1]}};
  auto chosen = choices.count(both);
  CHECK(chosen[0] > 0);
  CHECK(chosen[0] < 60);
}

TEST_CASE("who was tried least comes first; who had all tries or said the last word does not come at all") {
  const std::array states{measured(10ms), measured(10ms)};
  const std::array tried{Candidate{&states[0], 1}, Candidate{&states[1], 0}};
  CHECK(Choices().count(tried)[1] == 1000);
  const std::array spent{Candidate{&states[0], 3}, Candidate{&states[1], 0, true}};
  CHECK(Choices().count(spent).empty());
}
