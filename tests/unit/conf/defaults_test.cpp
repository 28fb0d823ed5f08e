#include "conf/root_hints.hpp"
#include "loading.hpp"

namespace shirube::conf {
namespace {

using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;

TEST_CASE("an empty file is the defaults") {
  const Settings settings = loaded("");
  CHECK(settings.server.listen == std::vector{endpoint("127.0.0.1:53"), endpoint("[::1]:53")});
  CHECK(settings.server.workers == 0);
  CHECK(settings.server.user == "shirube");
  CHECK(settings.policy.allow == std::vector{prefix("127.0.0.0/8"), prefix("::1/128")});
  CHECK(settings.policy.identity.empty());
  CHECK(settings.policy.version.empty());
  CHECK(settings.policy.local_names);
  CHECK(settings.policy.profiles == policy::built_in_profiles());
  CHECK(settings.policy.default_profile == 0);
  CHECK(settings.policy.ipv4_only == policy::Ipv4Only::Auto);
  CHECK(settings.policy.clients.empty());
  CHECK(settings.upstream.mode == upstream::Mode::Iterate);
  CHECK(settings.upstream.root_hints == built_in_root_hints());
  CHECK(settings.upstream.qname_minimisation);
  CHECK(settings.upstream.forwards.empty());
  CHECK(settings.upstream.stubs.empty());
  CHECK(settings.upstream.iterated.empty());
  CHECK(settings.upstream.ipv4);
  CHECK(settings.upstream.ipv6 == upstream::Ipv6Transport::Auto);
  CHECK(settings.upstream.deadline == 4500ms);
  CHECK(settings.upstream.do_not_query == std::vector{prefix("0.0.0.0/8"), prefix("127.0.0.0/8"),
                                                      prefix("::/128"), prefix("::1/128"),
                                                      prefix("169.254.0.0/16"), prefix("fe80::/10")});
  CHECK(settings.upstream.trust.anchors.all() == std::vector{dnssec::built_in_root_anchor()});
  CHECK(settings.upstream.trust.unsigned_zones.empty());
  CHECK_FALSE(settings.upstream.trust.fixed_time);
  CHECK_FALSE(settings.upstream.trust.policy.sha1_signatures);
  CHECK(settings.anchor_state == "/var/lib/shirube/root.anchors");
  CHECK(settings.cache == cache::CacheSettings{});
  CHECK(settings.cache.max_ttl == 86'400s);
  CHECK(settings.log == LogSettings{});
}

}  // namespace
}  // namespace shirube::conf
