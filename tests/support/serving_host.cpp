#include "tests/support/serving_host.hpp"

#include <utility>

namespace shirube::test {
namespace {

std::shared_ptr<const conf::Settings> settings_with(policy::PolicySettings policy) {
  auto settings = std::make_shared<conf::Settings>();
  settings->policy = std::move(policy);
  settings->policy.allow = {*wire::Prefix::parse("127.0.0.0/8")};
  settings->upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse(kFirst)}});
  return settings;
}

}  // namespace

ServingHost::ServingHost(policy::PolicySettings policy) : ServingHost(settings_with(std::move(policy))) {}

ServingHost::ServingHost(const std::shared_ptr<const conf::Settings>& settings)
    : network(world, 1),
      serving(server::make_serving(settings, false)),
      cache(settings->cache, std::size_t{1} << 20, 1),
      resolver(network, cache, {settings, &settings->upstream}, failures),
      pool(1),
      service({network, pool, 0}, serving, std::size_t{1} << 20, 1) {
  world.add_host(kFirst, sim::Role::Recursor);
  pool.set_member(0, {&network, &resolver, &tasks, [](server::ResolverPool::Job) { return false; }});
}

ServingHost::~ServingHost() = default;

wire::Bytes ServingHost::ask(const wire::Bytes& query, wire::Address from) {
  wire::Bytes out(65535);
  replies_.clear();
  server::ReplyPath path;
  path.sink = this;
  path.peer = {from, 40'000};
  const auto handled = service.on_packet(query, path, out);
  if (handled.handled == server::Handled::Later) {
    network.run_until([&] { return !replies_.empty(); }, std::chrono::seconds{6});
    return replies_.empty() ? wire::Bytes{} : replies_.front();
  }
  out.resize(handled.reply_size);
  return out;
}

std::size_t ServingHost::sent() const { return network.sent().size(); }

void ServingHost::send(const server::ReplyPath&, wire::BytesView packet) {
  replies_.emplace_back(packet.begin(), packet.end());
}

void ServingHost::abandon(const server::ReplyPath&) {}

}  // namespace shirube::test
