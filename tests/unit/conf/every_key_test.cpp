#include "loading.hpp"

namespace shirube::conf {
namespace {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

TEST_CASE("[server] is read") {
  const Settings settings = loaded(R"([server]
listen = ["192.0.2.1:5300", "[2001:db8::1]:53", "192.0.2.2", "::1"]
workers = 256
user = ""
allow = ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"]
identity = "ns-a"
version = "secret"
)");
  CHECK(settings.server.listen == std::vector{endpoint("192.0.2.1:5300"), endpoint("[2001:db8::1]:53"),
                                              endpoint("192.0.2.2:53"), endpoint("[::1]:53")});
  CHECK(settings.server.workers == 256);
  CHECK(settings.server.user.empty());
  CHECK(settings.policy.allow ==
        std::vector{prefix("10.0.0.0/8"), prefix("2001:db8::/32"), prefix("192.0.2.7/32")});
  CHECK(settings.policy.identity == "ns-a");
  CHECK(settings.policy.version == "secret");
}

TEST_CASE("[resolve] is read") {
  const Settings settings = loaded(R"([resolve]
mode = "forward"
root-hints = ""
qname-minimisation = false
case-randomisation = false
case-exempt = ["192.0.2.0/24"]
ipv4 = "no"
ipv6 = "yes"
local-names = false
rebinding-protection = true
rebinding-exempt = ["corp.example"]
do-not-query = []
deadline = "0.5s"
)");
  CHECK(settings.upstream.mode == upstream::Mode::Forward);
  CHECK_FALSE(settings.upstream.qname_minimisation);
  CHECK_FALSE(settings.upstream.case_randomisation);
  CHECK(settings.upstream.case_exempt == std::vector{*wire::Prefix::parse("192.0.2.0/24")});
  CHECK_FALSE(settings.upstream.ipv4);
  CHECK(settings.upstream.ipv6 == upstream::Ipv6Transport::Yes);
  CHECK_FALSE(settings.policy.local_names);
  CHECK(settings.policy.rebinding_protection);
  CHECK(settings.policy.rebinding_exempt == std::vector{wire::Name::literal("corp.example.")});
  CHECK(settings.upstream.do_not_query.empty());
  CHECK(settings.upstream.deadline == 500ms);
}

TEST_CASE("either mode is read") {
  CHECK(loaded("resolve.mode = \"iterate\"").upstream.mode == upstream::Mode::Iterate);
  CHECK(loaded("resolve.mode = \"forward\"").upstream.mode == upstream::Mode::Forward);
}

TEST_CASE("[dnsbl] is read") {
  const Settings settings = loaded("[dnsbl]\nzones = [\"zen.bl.example\", \"Dul.Bl.example.\"]\n");
  CHECK(settings.upstream.iterated ==
        std::vector{wire::Name::literal("zen.bl.example."), wire::Name::literal("dul.bl.example.")});
}

TEST_CASE("[dnssec] is read") {
  const Settings settings = loaded(R"([dnssec]
validate = true
trust-anchors = []
negative-trust-anchors = ["broken.example"]
validation-time = "2026-12-24T00:00:00Z"
sha1-algorithms = true
anchor-state = "/var/lib/elsewhere/root"
)");
  const dnssec::TrustSettings& trust = settings.upstream.trust;
  CHECK(trust.validates());
  CHECK(trust.unsigned_zones ==
        std::vector{dnssec::NegativeTrustAnchor{wire::Name::literal("broken.example."), std::nullopt}});
  CHECK(trust.fixed_time == 1'798'070'400);
  CHECK(trust.policy.sha1_signatures);
  CHECK(settings.anchor_state == "/var/lib/elsewhere/root");
}

TEST_CASE("[cache] is read") {
  const Settings settings = loaded(R"([cache]
size = "64MiB"
min-ttl = "30s"
max-ttl = "1h"
negative-max-ttl = "0s"
serve-stale = "7d"
prefetch = false
)");
  CHECK(settings.cache.size == std::size_t{64} << 20);
  CHECK(settings.cache.min_ttl == 30s);
  CHECK(settings.cache.max_ttl == 3600s);
  CHECK(settings.cache.negative_max_ttl == 0s);
  CHECK(settings.cache.serve_stale == 604'800s);
  CHECK_FALSE(settings.cache.prefetch);
}

TEST_CASE("a size may be a number of bytes") {
  CHECK(loaded("cache.size = 1048576").cache.size == 1'048'576);
}

TEST_CASE("[log] is read") {
  const Settings settings = loaded("[log]\nlevel = \"error\"\nformat = \"json\"\n");
  CHECK(settings.log == LogSettings{LogLevel::Error, LogFormat::Json});
}

TEST_CASE("yes, no, on and off may be booleans") {
  CHECK(loaded("policy.ipv4-only = true").policy.ipv4_only == policy::Ipv4Only::On);
  CHECK(loaded("policy.ipv4-only = false").policy.ipv4_only == policy::Ipv4Only::Off);
  CHECK(loaded("policy.ipv4-only = \"off\"").policy.ipv4_only == policy::Ipv4Only::Off);
  CHECK(loaded("policy.ipv4-only = \"on\"").policy.ipv4_only == policy::Ipv4Only::On);
  CHECK(loaded("resolve.ipv6 = false").upstream.ipv6 == upstream::Ipv6Transport::No);
  CHECK_FALSE(loaded("resolve.ipv4 = false").upstream.ipv4);
}

TEST_CASE("dotted keys, sections and inline tables say the same") {
  const Settings expected = loaded("[cache]\nprefetch = false\nsize = \"1GiB\"\n");
  CHECK(loaded("cache.prefetch = false\ncache.size = \"1GiB\"\n") == expected);
  CHECK(loaded("cache = { prefetch = false, size = \"1GiB\" }\n") == expected);
}

}  // namespace
}  // namespace shirube::conf
