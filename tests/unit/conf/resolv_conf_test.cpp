#include "conf/resolv_conf.hpp"

#include <catch2/catch.hpp>

#include "conf/limits.hpp"
#include "loading.hpp"

namespace shirube::conf {
namespace {

using Servers = std::vector<wire::Endpoint>;

const Servers kLoopback{endpoint("127.0.0.1:53"), endpoint("[::1]:53")};

TEST_CASE("name servers come in file order, on port 53") {
  CHECK(upstream_servers("search example.com\nnameserver 192.0.2.2\nnameserver\t2001:db8::1\noptions edns0\n"
                         "nameserver   192.0.2.1",
                         kLoopback) ==
        Servers{endpoint("192.0.2.2:53"), endpoint("[2001:db8::1]:53"), endpoint("192.0.2.1:53")});
}

TEST_CASE("lines are read as glibc reads them") {
  CHECK(upstream_servers("# nameserver 192.0.2.1\n;nameserver 192.0.2.2\n nameserver 192.0.2.3\n"
                         "nameservers 192.0.2.4\nnameserver\nnameserver \nnameserver x\nnameserver192.0.2.5\n"
                         "nameserver 192.0.2.6 # mine\nnameserver 192.0.2.7;\nnameserver 192.0.2.8\r\n"
                         "nameserver 192.0.2.9:5353\nnameserver fe80::1%eth0\n",
                         {}) ==
        Servers{endpoint("192.0.2.6:53"), endpoint("192.0.2.7:53"), endpoint("192.0.2.8:53")});
}

TEST_CASE("we are not our own upstream") {
  CHECK(upstream_servers("nameserver 127.0.0.1\nnameserver ::1\nnameserver 192.0.2.1\n", kLoopback) ==
        Servers{endpoint("192.0.2.1:53")});
  CHECK(upstream_servers("nameserver 192.0.2.7\n", {endpoint("192.0.2.7:53")}).empty());
  CHECK(upstream_servers("nameserver ::ffff:127.0.0.1\n", kLoopback).empty());
}

TEST_CASE("0.0.0.0 and :: are the loopback addresses") {
  CHECK(upstream_servers("nameserver 0.0.0.0\nnameserver ::\n", kLoopback).empty());
  CHECK(upstream_servers("nameserver 0.0.0.0\nnameserver ::\n", {endpoint("192.0.2.7:53")}) == kLoopback);
}

TEST_CASE("who listens everywhere listens on loopback") {
  const Servers everywhere{endpoint("0.0.0.0:53"), endpoint("[::]:53")};
  CHECK(upstream_servers("nameserver 127.0.0.1\nnameserver 127.0.0.53\nnameserver ::1\nnameserver 0.0.0.0\n",
                         everywhere)
            .empty());
  CHECK(upstream_servers("nameserver 192.0.2.1\n", everywhere) == Servers{endpoint("192.0.2.1:53")});
}

TEST_CASE("another server on loopback is an upstream") {
  CHECK(upstream_servers("nameserver 127.0.0.53\n", kLoopback) == Servers{endpoint("127.0.0.53:53")});
  CHECK(upstream_servers("nameserver 127.0.0.1\n", {endpoint("127.0.0.1:5300")}) ==
        Servers{endpoint("127.0.0.1:53")});
}

TEST_CASE("a server that stands twice is taken once") {
  CHECK(upstream_servers("nameserver 192.0.2.1\nnameserver 192.0.2.1\n", kLoopback) ==
        Servers{endpoint("192.0.2.1:53")});
}

TEST_CASE("an endless list is cut") {
  std::string text;
  for (int i = 1; i < 200; ++i) text += "nameserver 192.0.2." + std::to_string(i) + "\n";
  CHECK(upstream_servers(text, kLoopback).size() == kMaxServersPerZone);
}

TEST_CASE("nothing gives nothing") { CHECK(upstream_servers("", kLoopback).empty()); }

}  // namespace
}  // namespace shirube::conf
