#include "server/demo_server.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/demo_world.hpp"

namespace shirube::server {
namespace {

constexpr std::uint64_t kSeed = 1;  // the demo shows the same each time
constexpr std::size_t kRenderedBytes = std::size_t{1} << 20;
constexpr wire::Duration kPatience = std::chrono::seconds{5};

// For texts of our own, which parse.
template <class T>
[[nodiscard]] T parsed(std::string_view text) {
  const auto value = T::parse(text);
  if (!value) throw std::runtime_error("no " + std::string(text));
  return *value;
}

[[nodiscard]] std::size_t profile_index(const policy::PolicySettings& policy, std::string_view name) {
  const auto found = std::ranges::find(policy.profiles, name, &policy::Profile::name);
  if (found == policy.profiles.end()) throw std::runtime_error("no built-in profile " + std::string(name));
  return static_cast<std::size_t>(found - policy.profiles.begin());
}

// Each client has its source address, so that dig can play it: dig -b 127.0.0.2.
[[nodiscard]] std::shared_ptr<const conf::Settings> demo_settings(const sim::World& world) {
  auto settings = std::make_shared<conf::Settings>();
  settings->cache.size = std::size_t{8} << 20;
  settings->upstream.forwards.push_back({wire::Name(), {parsed<wire::Endpoint>(sim::kDemoRecursor)}});
  settings->upstream.trust.anchors.add(sim::demo_trust_anchor(world));
  settings->policy.allow = {parsed<wire::Prefix>("127.0.0.0/8"), parsed<wire::Prefix>("::1/128")};
  settings->policy.ipv4_only = policy::Ipv4Only::On;
  for (const auto& client : demo_clients()) {
    policy::ClientRule rule;
    rule.from = {{client.source.address, 32}};
    rule.profile = profile_index(settings->policy, client.profile);
    // Two clients share 127.0.0.1: the one with EDNS and the one without.
    if (client.source.address == wire::Address::v4(127, 0, 0, 1)) rule.edns = client.edns_size.has_value();
    settings->policy.clients.push_back(rule);
    // On the demo's qmail host IPv6 works: only the size of answers is its problem.
    if (client.has_ipv6) settings->policy.profiles[rule.profile].ipv4_only = policy::Ipv4Only::Off;
  }
  return settings;
}

class Catch final : public ReplySink {
 public:
  void send(const ReplyPath&, wire::BytesView packet) override {
    reply_.emplace(packet.begin(), packet.end());
  }
  void abandon(const ReplyPath&) override { reply_.emplace(); }
  [[nodiscard]] const std::optional<wire::Bytes>& reply() const { return reply_; }

 private:
  std::optional<wire::Bytes> reply_;
};

[[nodiscard]] bool truncated(const wire::Bytes& reply) {
  return reply.size() >= wire::kHeaderSize && wire::read_header(reply).tc;
}

}  // namespace

DemoServer::DemoServer()
    : world_(sim::demo_world()),
      network_(world_, kSeed),
      serving_(make_serving(demo_settings(world_), false)),
      cache_(serving_->settings->cache, serving_->settings->cache.size, kSeed),
      resolver_(network_, cache_, {serving_->settings, &serving_->settings->upstream}, observer_),
      pool_(1, 1),
      service_({network_, pool_, 0}, serving_, kRenderedBytes, kSeed) {
  // One loop and no other: nothing ever has to be posted.
  pool_.set_member(0, {&network_, &resolver_, &tasks_, [](ResolverPool::Job) { return false; }});
}

DemoReply DemoServer::ask_plain(const wire::Question& question, const DemoClient& client) {
  const auto* recursor = world_.host(parsed<wire::Endpoint>(sim::kDemoRecursor));
  const auto query = demo_query(question, client);
  DemoReply reply{world_.respond(*recursor, query, false, kSeed), std::nullopt};
  if (truncated(reply.udp)) reply.tcp = world_.respond(*recursor, query, true, kSeed);
  return reply;
}

DemoReply DemoServer::ask_shirube(const wire::Question& question, const DemoClient& client) {
  const auto query = demo_query(question, client);
  DemoReply reply{ask_service(query, client, ClientTransport::Udp), std::nullopt};
  if (truncated(reply.udp)) reply.tcp = ask_service(query, client, ClientTransport::Tcp);
  return reply;
}

wire::Bytes DemoServer::ask_service(wire::BytesView query, const DemoClient& client,
                                    ClientTransport transport) {
  wire::Bytes out(wire::kMaxMessageSize);
  Catch sink;
  ReplyPath path;
  path.sink = &sink;
  path.transport = transport;
  path.peer = client.source;
  const auto handled = service_.on_packet(query, path, out);
  if (handled.handled == Handled::Replied) {
    out.resize(handled.reply_size);
    return out;
  }
  static_cast<void>(network_.run_until([&] { return sink.reply().has_value(); }, kPatience));
  return sink.reply().value_or(wire::Bytes{});
}

bool DemoServer::has_ipv4(const wire::Name& host) const {
  const auto answer = world_.truth({host, wire::Type::A, wire::Class::IN});
  return std::ranges::any_of(answer.answer, [](const wire::RRset& r) { return r.type == wire::Type::A; });
}

}  // namespace shirube::server
