#include "tests/unit/policy/fixture.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

constexpr Rewrites kFit{.fit_512 = true};

Applied fit(const wire::Question& question, wire::Answer& answer,
            const ClientView& client = plain_client(kFit)) {
  Applied applied;
  rewrite(question, answer, {}, client, applied);
  return applied;
}

wire::RRset many_addresses(const std::string& owner, int count) {
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) lines.push_back(owner + " 300 IN A 192.0.2." + std::to_string(i));
  return records(lines);
}

}  // namespace

TEST_CASE("a big MX set keeps its best records in 512 bytes") {
  auto answer = positive({many_mx(24)});
  answer.authority = {record("example. 300 IN NS ns.example.")};
  answer.additional = {record("ns.example. 300 IN A 192.0.2.53")};
  const auto question = ask("example.", Type::MX);
  REQUIRE(render_plain(question, answer).size() > 1000);

  const Applied applied = fit(question, answer);
  CHECK(applied.has(Rewriter::Fit512));
  CHECK_FALSE(answer.authentic);
  CHECK(answer.authority.empty());
  CHECK(answer.additional.empty());
  REQUIRE(answer.answer.size() == 1);
  const auto kept = texts(answer.answer[0]);
  CHECK(kept.front() == "10 mail-exchanger-number-23.some-provider-23.example.");
  CHECK(kept.at(1) == "20 mail-exchanger-number-22.some-provider-22.example.");
  // One more of these would not have fitted.
  const std::size_t size = render_plain(question, answer).size();
  CHECK(size <= 512);
  CHECK(size + 60 > 512);
}

TEST_CASE("addresses keep the first ones, as many as fit") {
  auto answer = positive({many_addresses("example.", 60)});
  CHECK(fit(ask("example.", Type::A), answer).has(Rewriter::Fit512));
  constexpr std::size_t kFits = (512 - 12 - (9 + 4)) / (2 + 10 + 4);
  REQUIRE(answer.answer[0].rdatas.count() == kFits);
  CHECK(texts(answer.answer[0]).front() == "192.0.2.0");
  CHECK(texts(answer.answer[0]).back() == "192.0.2.29");
}

TEST_CASE("SRV records are kept by priority") {
  std::vector<std::string> lines;
  for (int i = 0; i < 20; ++i) {
    lines.push_back("_x._tcp.example. 300 IN SRV " + std::to_string(20 - i) + " 0 25 server-number-" +
                    std::to_string(i) + ".example.");
  }
  auto answer = positive({records(lines)});
  CHECK(fit(ask("_x._tcp.example.", Type::SRV), answer).has(Rewriter::Fit512));
  CHECK(texts(answer.answer[0]).front() == "1 0 25 server-number-19.example.");
  CHECK(answer.answer[0].rdatas.count() < 20);
}

TEST_CASE("the CNAME chain stays in front") {
  const auto alias = record("www.example. 300 IN CNAME host.example.");
  auto answer = positive({alias, many_addresses("host.example.", 60)});
  fit(ask("www.example.", Type::A), answer);
  REQUIRE(types(answer.answer) == std::vector{Type::CNAME, Type::A});
  CHECK(answer.answer[0] == alias);
  CHECK(render_plain(ask("www.example.", Type::A), answer).size() <= 512);
}

TEST_CASE("an answer that fits is not touched") {
  auto answer = positive({record("example. 300 IN MX 10 mail.example.")});
  answer.authority = {record("example. 300 IN NS ns.example.")};
  CHECK_FALSE(fit(ask("example.", Type::MX), answer).any());
  CHECK(answer.authentic);
  CHECK(answer.authority.size() == 1);
}

TEST_CASE("a client with EDNS is not cut") {
  auto answer = positive({many_mx(24)});
  CHECK_FALSE(fit(ask("example.", Type::MX), answer, edns_client(kFit, 512)).any());
  CHECK(answer.answer[0].rdatas.count() == 24);
}

TEST_CASE("it is 512 bytes by TCP too") {
  auto answer = positive({many_mx(24)});
  ClientView client = plain_client(kFit);
  client.size_limit = 65535;
  CHECK(fit(ask("example.", Type::MX), answer, client).has(Rewriter::Fit512));
  CHECK(render_plain(ask("example.", Type::MX), answer).size() <= 512);
}

TEST_CASE("types of which a part is of no use are never cut") {
  auto answer = positive(
      {record("example. 300 IN TXT \"" + std::string(250, 'x') + "\" \"" + std::string(250, 'y') + "\"")});
  CHECK_FALSE(fit(ask("example.", Type::TXT), answer).any());
  CHECK(answer.authentic);
}

TEST_CASE("a chain that takes all the room is left for the server to truncate") {
  std::vector<wire::RRset> chain;
  const auto name = [](char c) {
    return std::string(60, c) + "." + std::string(60, c) + "." + std::string(60, c) + ".example.";
  };
  for (char c = 'a'; c < 'd'; ++c) {
    chain.push_back(record(name(c) + " 300 IN CNAME " + name(static_cast<char>(c + 1))));
  }
  chain.push_back(record(name('d') + " 300 IN A 192.0.2.1"));
  auto answer = positive(chain);
  CHECK_FALSE(fit(ask(name('a'), Type::A), answer).any());
  CHECK(answer.answer == chain);
}

TEST_CASE("a denial that is too big loses what is not its SOA") {
  auto answer = denial();
  for (int i = 0; i < 20; ++i) {
    answer.authority.push_back(
        record("zone-number-" + std::to_string(i) + ".example. 300 IN NS ns.example."));
  }
  CHECK(fit(ask("www.example.", Type::MX), answer).has(Rewriter::Fit512));
  CHECK(answer.authority == denial().authority);
}
