#include "tests/support/asking_host.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace shirube::test {

Failures::Failures() = default;
Failures::~Failures() = default;

void Failures::lookup_failed(const wire::Question& question, const upstream::Failure& failure) {
  seen.push_back(failure);
  if (also != nullptr) also->lookup_failed(question, failure);
}

bool Failures::wants_details() const { return also != nullptr && also->wants_details(); }

void Failures::server_changed(const upstream::ServerChange& change) { also->server_changed(change); }

void Failures::trust_changed(const upstream::TrustChange& change) { also->trust_changed(change); }

void Failures::forwarder_changed(const upstream::ForwarderChange& change) {
  forwarders.push_back(change.server.text() + (change.is_down ? " down" : " up"));
  if (also != nullptr) also->forwarder_changed(change);
}

bool Client::servfail() const { return got && got->answer.rcode == wire::Rcode::ServFail; }

bool Client::noerror() const { return got && got->answer.rcode == wire::Rcode::NoError; }

std::size_t Client::records() const { return got ? got->answer.answer.size() : 0; }

std::optional<wire::Ede> Client::error() const {
  if (!got || got->answer.errors.empty()) return std::nullopt;
  const auto& errors = got->answer.errors;
  const auto last =
      std::ranges::find_if(errors.rbegin(), errors.rend(),
                           [](const wire::ExtendedError& error) { return error.code != wire::Ede::Other; });
  return last == errors.rend() ? wire::Ede::Other : last->code;
}

AskingHost::AskingHost(const upstream::UpstreamSettings& settings, const cache::CacheSettings& cache_settings,
                       std::uint64_t seed)
    : network(world, seed),
      cache(cache_settings, cache_settings.size, seed),
      resolver(network, cache, std::make_shared<upstream::UpstreamSettings>(settings), failures) {}

AskingHost::~AskingHost() = default;

sim::Host& AskingHost::host(std::string_view endpoint) {
  return *world.host(*wire::Endpoint::parse(endpoint, 53));
}

Client& AskingHost::ask(std::string_view name, wire::Type type, cache::View view) {
  return ask(wire::Question{wire::Name::literal(name), type, wire::Class::IN}, view);
}

Client& AskingHost::ask(wire::Question question, cache::View view, upstream::ClientId from) {
  auto& client = clients_.emplace_back();
  clients.spawn(wait_for_answer(this, std::move(question), view, from, &client));
  return client;
}

Client& AskingHost::ask_and_wait(std::string_view name, wire::Type type) {
  auto& client = ask(name, type);
  network.run_until([&] { return client.got.has_value(); });
  return client;
}

std::size_t AskingHost::sent() const { return network.sent().size(); }

std::size_t AskingHost::sent_to(std::string_view endpoint) const {
  const auto server = *wire::Endpoint::parse(endpoint, 53);
  const auto count = std::ranges::count(network.sent(), server, &sim::SimulatedNetwork::Sent::server);
  return static_cast<std::size_t>(count);
}

bool AskingHost::quiet() {
  network.run();
  return network.exchanges_in_flight() == 0 && network.alarms_set() == 0 &&
         resolver.lookups_in_flight() == 0 && clients.size() == 0;
}

upstream::Task<void> AskingHost::wait_for_answer(AskingHost* self, wire::Question question, cache::View view,
                                                 upstream::ClientId from, Client* client) {
  const auto began = self->network.now();
  const auto deadline = began + std::chrono::milliseconds{4'500};
  upstream::Share share;
  share.client = from;
  auto got = co_await self->resolver.resolve(std::move(question), view, deadline, std::move(share));
  client->waited = self->network.now() - began;
  client->got.emplace(std::move(got));
}

}  // namespace shirube::test
