#include <catch2/catch.hpp>

#include "tests/support/signed_world.hpp"

using namespace shirube;
using namespace std::chrono_literals;
using wire::Type;

TEST_CASE("signed data is validated as ever where the root, a top-level domain and the zone clear AA") {
  test::SignedTree tree;
  for (const auto server : {test::kRoot, test::SignedTree::kTldServer, test::SignedTree::kTreeServer})
    tree.host(server).faults.not_authoritative = true;
  for (const auto* name :
       {"www.example.test.", "www.hashed.test.", "to.example.test.", "x.wild.example.test."}) {
    const auto& client = tree.ask_and_wait(name);
    CHECK(client.records() > 0);
    CHECK(client.got->answer.authentic);
  }
  const auto& none = tree.ask_and_wait("www.example.test.", Type::AAAA);
  CHECK(none.noerror());
  CHECK(none.got->answer.authentic);
  const auto& missing = tree.ask_and_wait("gone.example.test.");
  CHECK(missing.got->answer.rcode == wire::Rcode::NxDomain);
  CHECK(missing.got->answer.authentic);
  CHECK(tree.ask_and_wait("www.unsigned.test.").records() == 1);
  CHECK(tree.ask_and_wait("example.test.", Type::DS).got->answer.authentic);
  CHECK(tree.ask_and_wait("example.test.", Type::DNSKEY).got->answer.authentic);
  CHECK(tree.failures.seen.empty());
  CHECK(tree.quiet());
}
