// A whole query service over SignedTree: packets in, packets out, validated on the way.
#pragma once

#include <memory>

#include "server/query_service.hpp"
#include "tests/support/signed_world.hpp"
#include "tests/support/sim_client.hpp"

namespace shirube::test {

class SignedTreeService final : public server::ReplySink {
 public:
  explicit SignedTreeService(const SignedSetup& setup = {});
  SignedTreeService(const SignedTreeService&) = delete;
  SignedTreeService& operator=(const SignedTreeService&) = delete;
  ~SignedTreeService() override;

  // The reply; empty if none comes within 6 s.
  wire::Bytes ask(std::string_view name, const Ask& as);

  void send(const server::ReplyPath& path, wire::BytesView packet) override;
  void abandon(const server::ReplyPath& path) override;

  SignedTree tree;
  upstream::TaskSet tasks;
  server::ResolverPool pool;
  server::QueryService service;

 private:
  wire::Bytes reply_;
};

}  // namespace shirube::test
