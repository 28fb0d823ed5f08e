// NSEC and NSEC3 that come along with data or aliases are kept beside them: what was made from a wildcard
// needs them (RFC 4035 §3.1.3.3).
#include <catch2/catch.hpp>

#include "tests/unit/upstream/samples.hpp"
#include "upstream/answer_chain.hpp"

using namespace shirube;
using namespace shirube::upstream::samples;
using upstream::ChainEnd;

namespace {

constexpr auto kSoa = "example. 60 IN SOA a. b. 1 1 1 1 60";
constexpr auto kNsec = "d.example. 60 IN NSEC z.example. A";
constexpr auto kNsec3 =
    "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. 60 IN NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A";

using Records = std::vector<wire::RRset>;

// From a server of example.
[[nodiscard]] upstream::AnswerChain follow(const Lines& answer, const Lines& authority) {
  wire::Answer reply;
  reply.answer = rrsets(answer);
  reply.authority = rrsets(authority);
  const upstream::UpstreamSettings settings;
  const auto zone = name("example.");
  const upstream::Purview purview(settings, {upstream::RouteKind::Walk, nullptr}, zone);
  return upstream::follow_chain(std::move(reply), question("www.example."), purview);
}

}  // namespace

TEST_CASE("denials beside data are kept, and nothing else of the authority section") {
  const auto chain = follow({"www.example. 60 IN A 192.0.2.1"},
                            {"example. 60 IN NS ns.example.", kNsec, kNsec3, "d.example. 60 IN TXT \"x\""});
  CHECK(chain.kind == ChainEnd::Data);
  CHECK(chain.denials == rrsets({kNsec, kNsec3}));
  CHECK(chain.proof.empty());
}

TEST_CASE("denials of another zone are not kept") {
  const auto chain = follow({"www.example. 60 IN A 192.0.2.1"}, {"d.test. 60 IN NSEC z.test. A", kNsec});
  CHECK(chain.denials == rrsets({kNsec}));
}

TEST_CASE("denials beside an alias may be its own or those of its end") {
  const auto chain = follow({"www.example. 60 IN CNAME gone.example."}, {kSoa, kNsec});
  CHECK(chain.kind == ChainEnd::NoData);
  CHECK(chain.denials == rrsets({kNsec}));
  CHECK(chain.proof == rrsets({kSoa, kNsec}));
}

TEST_CASE("an alias that leads elsewhere keeps its denials") {
  const auto chain = follow({"www.example. 60 IN CNAME www.test."}, {kNsec});
  CHECK(chain.kind == ChainEnd::Elsewhere);
  CHECK(chain.denials == rrsets({kNsec}));
  CHECK(chain.proof.empty());
}

TEST_CASE("a plain denial has its NSEC in the proof alone") {
  const auto chain = follow({}, {kSoa, kNsec});
  CHECK(chain.kind == ChainEnd::NoData);
  CHECK(chain.denials.empty());
  CHECK(chain.proof == rrsets({kSoa, kNsec}));
}
