#include <catch2/catch.hpp>

#include "tests/support/forgery.hpp"
#include "tests/support/judged.hpp"

using namespace shirube;
using test::SignedTree;
using wire::Type;

namespace {

// To ANY the server sends nothing but signatures over the name's A, with the last bit flipped if it lies.
void answer_with_signatures(SignedTree& home, bool lies) {
  auto& host = home.host(SignedTree::kTreeServer);
  host.script = [&home, &host, lies](const wire::Question& question) -> std::optional<wire::Answer> {
    if (question.type != Type::ANY) return std::nullopt;
    const auto honest = home.world.honest(host, {question.name, Type::A});
    wire::RRset signatures{.owner = question.name, .type = Type::RRSIG, .ttl = 300};
    for (const auto rdata : honest.answer.front().signatures) {
      wire::Bytes bytes(rdata.begin(), rdata.end());
      if (lies) bytes.back() ^= 1;
      signatures.rdatas.add(bytes);
    }
    wire::Answer answer;
    answer.authoritative = true;
    answer.answer.push_back(std::move(signatures));
    return answer;
  };
}

}  // namespace

TEST_CASE("to ANY, made-up signatures and nothing else are no authentic answer") {
  SignedTree home;
  answer_with_signatures(home, true);
  CHECK(test::fails_with(home.ask_and_wait("www.example.test", Type::ANY), wire::Ede::DnssecBogus));
  CHECK(home.quiet());
}

TEST_CASE("to ANY, signatures that fit what they cover are an authentic answer") {
  SignedTree home;
  answer_with_signatures(home, false);
  CHECK(test::secure(home.ask_and_wait("www.example.test", Type::ANY)));
  CHECK(home.quiet());
}
