#include "tests/support/serving_host.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "wire/edns.hpp"

namespace shirube::test {
namespace {

conf::Settings forwarding_with(policy::PolicySettings policy) {
  conf::Settings settings;
  settings.policy = std::move(policy);
  settings.upstream.forwards.push_back({wire::Name(), {*wire::Endpoint::parse(kFirst)}});
  return settings;
}

std::shared_ptr<const conf::Settings> for_this_host(conf::Settings settings) {
  settings.policy.allow = {*wire::Prefix::parse("127.0.0.0/8")};
  return std::make_shared<const conf::Settings>(std::move(settings));
}

}  // namespace

ServingHost::ServingHost(policy::PolicySettings policy) : ServingHost(forwarding_with(std::move(policy))) {
  world.add_host(kFirst, sim::Role::Recursor);
}

ServingHost::ServingHost(const conf::Settings& settings) : ServingHost(for_this_host(settings)) {}

ServingHost::ServingHost(const std::shared_ptr<const conf::Settings>& settings)
    : network(world, 1),
      serving(server::make_serving(settings, false)),
      cache(settings->cache, std::size_t{1} << 20, 1),
      resolver(network, cache, {settings, &settings->upstream}, failures),
      pool(1, 1),
      service({network, pool, 0, &details}, serving, std::size_t{1} << 20, 1) {
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

wire::Answer ServingHost::answer(std::string_view name, const Ask& how) {
  const auto reply = ask(query(name, how));
  const auto message = wire::MessageView::parse(reply);
  if (!message) throw std::runtime_error("no reply, or none that can be read");
  auto read = wire::read_answer(*message);
  if (!read) throw std::runtime_error("a reply with too many records");
  if (const auto opt = message->opt()) read->errors = wire::read_extended_errors(*opt);
  read->authentic = wire::read_header(reply).ad;
  return *std::move(read);
}

std::size_t ServingHost::asked(std::string_view name, wire::Type type) const {
  const auto owner = wire::Name::literal(name);
  const auto count = std::ranges::count_if(network.sent(), [&](const auto& sent) {
    const auto question = wire::MessageView::parse(sent.query)->question();
    return question->type == type && question->name == owner;
  });
  return static_cast<std::size_t>(count);
}

std::size_t ServingHost::sent() const { return network.sent().size(); }

void ServingHost::send(const server::ReplyPath&, wire::BytesView packet) {
  replies_.emplace_back(packet.begin(), packet.end());
}

void ServingHost::abandon(const server::ReplyPath&) {}

}  // namespace shirube::test
