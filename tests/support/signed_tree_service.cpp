#include "tests/support/signed_tree_service.hpp"

namespace shirube::test {
namespace {

// Without local names: the tree is below test., which is one.
server::ServingPtr serving() {
  auto settings = std::make_shared<conf::Settings>();
  settings->policy.allow = {*wire::Prefix::parse("127.0.0.0/8")};
  settings->policy.local_names = false;
  return server::make_serving(settings, false);
}

}  // namespace

SignedTreeService::SignedTreeService(const SignedSetup& setup)
    : tree(setup), pool(1, 1), service({tree.network, pool, 0}, serving(), std::size_t{1} << 20, 1) {
  pool.set_member(0,
                  {&tree.network, &tree.resolver, &tasks, [](server::ResolverPool::Job) { return false; }});
}

SignedTreeService::~SignedTreeService() = default;

wire::Bytes SignedTreeService::ask(std::string_view name, const Ask& as) {
  wire::Bytes out(65535);
  reply_.clear();
  server::ReplyPath path;
  path.sink = this;
  path.peer = {wire::Address::v4(127, 0, 0, 1), 40'000};
  const auto handled = service.on_packet(query(name, as), path, out);
  if (handled.handled == server::Handled::Later) {
    tree.network.run_until([&] { return !reply_.empty(); }, std::chrono::seconds{6});
    return reply_;
  }
  out.resize(handled.reply_size);
  return out;
}

void SignedTreeService::send(const server::ReplyPath&, wire::BytesView packet) {
  reply_.assign(packet.begin(), packet.end());
}

void SignedTreeService::abandon(const server::ReplyPath&) {}

}  // namespace shirube::test
