// A whole query service over the simulated internet: packets in, packets out, in virtual time.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <sstream>

#include "server/query_service.hpp"
#include "tests/support/resolving_host.hpp"
#include "tests/support/sim_client.hpp"

namespace shirube::test {

class ServingHost : public server::ReplySink {
 public:
  // Forwards everything to a recursor at kFirst.
  explicit ServingHost(policy::PolicySettings policy = {});
  // As the settings say; the world is empty.
  explicit ServingHost(const conf::Settings& settings);
  ServingHost(const ServingHost&) = delete;
  ServingHost& operator=(const ServingHost&) = delete;
  ~ServingHost() override;

  // The reply: at once, or as soon as it comes; empty for silence.
  wire::Bytes ask(const wire::Bytes& query, wire::Address from = wire::Address::v4(127, 0, 0, 1));
  // The same, read; a reply that cannot be read fails the test.
  wire::Answer answer(std::string_view name, const Ask& ask);
  // How many questions for this name and type went upstream.
  [[nodiscard]] std::size_t asked(std::string_view name, wire::Type type) const;
  [[nodiscard]] std::size_t sent() const;

  void send(const server::ReplyPath& path, wire::BytesView packet) override;
  void abandon(const server::ReplyPath& path) override;

  sim::World world;
  sim::SimulatedNetwork network;
  Failures failures;
  std::ostringstream log_text;
  server::Log log{{}, log_text};
  server::DetailLog details{log};
  server::ServingPtr serving;
  cache::AnswerCache cache;
  upstream::Resolver resolver;
  upstream::TaskSet tasks;
  server::ResolverPool pool;
  server::QueryService service;

 private:
  explicit ServingHost(const std::shared_ptr<const conf::Settings>& settings);

  std::deque<wire::Bytes> replies_;
};

}  // namespace shirube::test
