#include <memory>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

#include "exchange_fixture.hpp"

using namespace shirube;
using namespace shirube::server;
using upstream::ExchangeError;
using upstream::Transport;
using namespace std::chrono_literals;

namespace {

struct Question {
  wire::Bytes bytes;
  SocketAddress from;
};

// A name server that the test plays by hand.
struct UdpServer {
  UdpServer(UvLoop& on, const wire::Endpoint& at) : loop(on), fd(bound_socket(SOCK_DGRAM, at)) {}

  Question receive_question() {
    Question question{wire::Bytes(512), {}};
    socklen_t size = sizeof question.from;
    ssize_t got = -1;
    run_until(loop, [&] {
      got = ::recvfrom(fd.get(), question.bytes.data(), question.bytes.size(), 0, &question.from.any, &size);
      return got >= 0;
    });
    question.bytes.resize(static_cast<std::size_t>(got));
    return question;
  }
  void send(const SocketAddress& to, wire::BytesView bytes) const {
    REQUIRE(::sendto(fd.get(), bytes.data(), bytes.size(), 0, &to.any, to.size()) ==
            static_cast<ssize_t>(bytes.size()));
  }
  [[nodiscard]] wire::Endpoint endpoint() const { return local_endpoint(fd.get()); }

  UvLoop& loop;
  OwnedFd fd;
};

struct UdpExchangeFixture : ExchangeFixture {
  UdpServer server{loop, loopback("127.0.0.1:0")};
};

}  // namespace

TEST_CASE_METHOD(UdpExchangeFixture, "a UDP reply with another ID is ignored, the right one accepted") {
  const auto descriptors = open_descriptors();
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, server.endpoint());
  const auto question = server.receive_question();
  CHECK(question.bytes == make_query(7));
  server.send(question.from, make_reply(make_query(8)));
  run_passes(loop);
  CHECK(!waiter.result);
  server.send(question.from, make_reply(question.bytes));
  run_until_ended(waiter);
  CHECK(waiter.bytes() == make_reply(question.bytes));
  CHECK((*waiter.result)->took > wire::Duration::zero());
  CHECK(open_descriptors() == descriptors);
}

TEST_CASE_METHOD(UdpExchangeFixture, "a UDP reply from another port does not reach the exchange") {
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, server.endpoint());
  const auto question = server.receive_question();
  const UdpServer stranger(loop, loopback("127.0.0.1:0"));
  for (int i = 0; i < 10; ++i) {
    // The first is refused by the kernel (ICMP), which later sends may report.
    ::sendto(stranger.fd.get(), question.bytes.data(), question.bytes.size(), 0, &question.from.any,
             question.from.size());
  }
  run_passes(loop);
  CHECK(!waiter.result);
  server.send(question.from, make_reply(question.bytes));
  run_until_ended(waiter);
  CHECK(waiter.result->has_value());
}

TEST_CASE_METHOD(UdpExchangeFixture, "too many wrong UDP replies end the exchange as near misses") {
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, server.endpoint());
  const auto question = server.receive_question();
  for (std::uint16_t id = 100; id < 104; ++id) server.send(question.from, make_reply(make_query(id)));
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::NearMisses);
}

TEST_CASE_METHOD(ExchangeFixture, "a closed UDP port is told at once, and the socket listens on") {
  const auto closed_port = UdpServer(loop, loopback("127.0.0.1:0")).endpoint();
  const auto descriptors = open_descriptors();
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, closed_port, 200ms);
  run_until(loop, [&] { return waiter.hindrance.has_value(); });
  CHECK(waiter.hindrance == ExchangeError::Refused);
  CHECK(!waiter.result);
  CHECK(network.exchanges_under_way() == 1);
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::TimedOut);
  CHECK(open_descriptors() == descriptors);
}

TEST_CASE_METHOD(UdpExchangeFixture, "a UDP reply that cannot be read is told, and the right one accepted") {
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, server.endpoint());
  const auto question = server.receive_question();
  auto unreadable = make_reply(question.bytes);
  unreadable[7] = 9;  // more answers are promised than there are
  server.send(question.from, unreadable);
  run_until(loop, [&] { return waiter.hindrance.has_value(); });
  CHECK(waiter.hindrance == ExchangeError::Malformed);
  CHECK(!waiter.result);
  server.send(question.from, make_reply(question.bytes));
  run_until_ended(waiter);
  CHECK(waiter.result->has_value());
}

TEST_CASE_METHOD(ExchangeFixture, "what the kernel will not send is unreachable, and told from the loop") {
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, loopback("255.255.255.255:53"));
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::Unreachable);
}

TEST_CASE_METHOD(UdpExchangeFixture, "a silent UDP server times out") {
  RecordingWaiter waiter;
  const auto start = loop.now();
  ask(waiter, Transport::Udp, server.endpoint(), kBriefly);
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::TimedOut);
  CHECK(loop.now() - start >= kBriefly);
}

TEST_CASE_METHOD(UdpExchangeFixture, "a cancelled UDP exchange is never told and leaves no descriptor") {
  const auto descriptors = open_descriptors();
  {
    RecordingWaiter cancelled;
    auto destroyed = std::make_unique<RecordingWaiter>();
    ask(cancelled, Transport::Udp, server.endpoint());
    ask(*destroyed, Transport::Udp, server.endpoint());
    const auto question = server.receive_question();
    network.cancel_exchange(cancelled);
    destroyed.reset();
    CHECK(open_descriptors() == descriptors);
    CHECK(network.exchanges_under_way() == 0);
    run_passes(loop);
    CHECK(!cancelled.result);
  }
}

TEST_CASE_METHOD(UdpExchangeFixture, "a waiter may cancel others and start anew within its callback") {
  RecordingWaiter again;
  auto other = std::make_unique<RecordingWaiter>();
  RecordingWaiter waiter;
  waiter.then = [&] {
    other.reset();
    ask(again, Transport::Udp, server.endpoint());
  };
  ask(waiter, Transport::Udp, server.endpoint());
  ask(*other, Transport::Udp, server.endpoint());
  const auto first = server.receive_question();
  const auto second = server.receive_question();
  // Both replies wait in the same pass of the loop.
  server.send(second.from, make_reply(second.bytes));
  server.send(first.from, make_reply(first.bytes));
  run_until_ended(waiter);
  const auto third = server.receive_question();
  server.send(third.from, make_reply(third.bytes));
  run_until_ended(again);
  CHECK(again.result->has_value());
}

TEST_CASE_METHOD(UdpExchangeFixture, "each UDP exchange has its own random port") {
  std::set<std::uint16_t> ports;
  for (int i = 0; i < 40; ++i) {
    RecordingWaiter waiter;
    ask(waiter, Transport::Udp, server.endpoint());
    const auto port = server.receive_question().from.endpoint().port;
    CHECK(port >= 1024);
    ports.insert(port);
  }
  CHECK(ports.size() >= 38);
  CHECK(*ports.rbegin() - *ports.begin() > 20'000);
}

TEST_CASE_METHOD(UdpExchangeFixture, "beyond the limit of sockets an exchange fails locally") {
  std::vector<std::unique_ptr<RecordingWaiter>> waiters;
  for (int i = 0; i < 8; ++i) {
    ask(*waiters.emplace_back(std::make_unique<RecordingWaiter>()), Transport::Udp, server.endpoint());
  }
  RecordingWaiter surplus;
  ask(surplus, Transport::Udp, server.endpoint());
  run_until_ended(surplus);
  CHECK(surplus.error() == ExchangeError::Local);
  waiters.pop_back();
  RecordingWaiter fits;
  ask(fits, Transport::Udp, server.endpoint());
  run_passes(loop);
  CHECK(!fits.result);
}

TEST_CASE_METHOD(ExchangeFixture, "UDP exchanges go over IPv6 too") {
  OwnedFd probe(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const SocketAddress address(loopback("[::1]:0"));
  if (!probe || ::bind(probe.get(), &address.any, address.size()) != 0) return;  // a host without IPv6
  UdpServer server(loop, loopback("[::1]:0"));
  RecordingWaiter waiter;
  ask(waiter, Transport::Udp, server.endpoint());
  const auto question = server.receive_question();
  server.send(question.from, make_reply(question.bytes));
  run_until_ended(waiter);
  CHECK(waiter.result->has_value());
}
