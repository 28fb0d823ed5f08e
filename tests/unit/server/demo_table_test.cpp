#include "server/demo_table.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

namespace shirube::server {
namespace {

using sim::DemoTrust;

struct Demo {
  DemoServer server;
  std::vector<DemoRow> rows = demo_rows(server);
  [[nodiscard]] const DemoRow& row(std::string_view question, std::string_view client) const {
    const auto found = std::ranges::find_if(
        rows, [&](const DemoRow& r) { return r.question == question && r.client == client; });
    REQUIRE(found != rows.end());
    return *found;
  }
};

[[nodiscard]] wire::MessageView read(const DemoReply& reply) {
  return *wire::MessageView::parse(reply.last());
}

}  // namespace

TEST_CASE("without Shirube things go wrong in the demo, with it nothing does, and the last line says so") {
  const Demo demo;
  CHECK(std::ranges::none_of(demo.rows, [](const DemoRow& r) { return r.trouble_after.has_value(); }));
  CHECK_THAT(demo_table_text(demo.rows, Colours::Off),
             Catch::EndsWith("\n14 of 41 would have gone wrong; with Shirube 0 do.\n"));
}

TEST_CASE("in the demo AD is for who asks with DO, about what is signed") {
  const Demo demo;
  for (const auto& row : demo.rows) {
    const bool wanted = row.client == "Postfix, DANE" && row.trust == DemoTrust::Signed;
    INFO(row.question << " for " << row.client);
    CHECK(read(row.after).header().ad == wanted);
    CHECK_FALSE(read(row.before).header().ad);
    if (wanted) CHECK(row.trouble_before == "no AD: delivers without DANE");
  }
  CHECK(read(demo.row("TLSA _25._tcp.mail.furelo.jp.", "Postfix, DANE").after).header().ad);
}

TEST_CASE("in the demo what is forged reaches nobody, and who speaks EDNS is told why") {
  const Demo demo;
  for (const auto& client : demo_clients()) {
    if (client.profile == "squid") continue;
    const auto& row = demo.row("MX forged.example.", client.name);
    CHECK(row.trouble_before == "mail goes to a forger's host");
    CHECK(read(row.after).rcode() == wire::Rcode::ServFail);
    CHECK(read(row.after).header().answer_count == 0);
    const auto why = refusal_text(row.after);
    if (client.edns_size) {
      CHECK_THAT(why, Catch::StartsWith("signature over forged.example. MX does not fit data and key"));
    } else {
      CHECK(why.empty());
    }
  }
}

TEST_CASE("what is refused though it is not forged is trouble") {
  const Demo demo;
  const auto& refused = demo.row("MX forged.example.", "EDNS 1232");
  const DemoAsked asked{.question = {wire::Name::literal("forged.example"), wire::Type::MX},
                        .trust = DemoTrust::Signed};
  CHECK(trouble(demo_clients().front(), asked, refused.after, demo.server) == "got SERVFAIL");
}

}  // namespace shirube::server
