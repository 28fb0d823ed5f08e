#include <catch2/catch.hpp>

#include "exchange_fixture.hpp"

using namespace shirube;
using namespace shirube::server;
using upstream::ExchangeError;
using upstream::Transport;

namespace {

struct TcpExchangeFixture : ExchangeFixture {
  OwnedFd listening = bound_socket(SOCK_STREAM, loopback("127.0.0.1:0"));
  wire::Endpoint server = local_endpoint(listening.get());
  RecordingWaiter waiter;

  OwnedFd accept_question(wire::BytesView expected) {
    OwnedFd stream;
    run_until(loop, [&] {
      stream = OwnedFd(::accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
      return static_cast<bool>(stream);
    });
    wire::Bytes got;
    while (got.size() < expected.size() + 2) {
      const auto more = receive(loop, stream);
      REQUIRE(!more.empty());
      got.insert(got.end(), more.begin(), more.end());
    }
    CHECK(got == framed(expected));
    return stream;
  }
};

}  // namespace

TEST_CASE_METHOD(TcpExchangeFixture, "a TCP reply may come in pieces, after one that does not fit") {
  const auto descriptors = open_descriptors();
  ask(waiter, Transport::Tcp, server);
  {
    const auto stream = accept_question(make_query(7));
    send_all(stream, framed(make_reply(make_query(8))));
    auto big = make_reply(make_query(7));
    big.resize(60'000, 0x5a);
    const auto frame = framed(big);
    send_all(stream, wire::BytesView(frame).first(1));
    run_passes(loop);
    send_all(stream, wire::BytesView(frame).subspan(1, 30'000));
    run_passes(loop);
    CHECK(!waiter.result);
    send_all(stream, wire::BytesView(frame).subspan(30'001));
    run_until_ended(waiter);
    CHECK(waiter.bytes() == big);
  }
  CHECK(open_descriptors() == descriptors);
}

TEST_CASE_METHOD(TcpExchangeFixture, "a closed TCP port refuses at once") {
  listening = OwnedFd();
  ask(waiter, Transport::Tcp, server);
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::Refused);
}

TEST_CASE_METHOD(TcpExchangeFixture, "a TCP server that hangs up before it answers has closed") {
  ask(waiter, Transport::Tcp, server);
  {
    const auto stream = accept_question(make_query(7));
    const auto frame = framed(make_reply(make_query(7)));
    send_all(stream, wire::BytesView(frame).first(5));
  }
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::Closed);
}

TEST_CASE_METHOD(TcpExchangeFixture, "a TCP server that resets has refused") {
  ask(waiter, Transport::Tcp, server);
  {
    const auto stream = accept_question(make_query(7));
    const linger reset{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(stream.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  }
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::Refused);
}

TEST_CASE_METHOD(TcpExchangeFixture, "a TCP server that says nothing times out") {
  ask(waiter, Transport::Tcp, server, kBriefly);
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::TimedOut);
}

TEST_CASE_METHOD(TcpExchangeFixture, "empty messages over TCP are near misses") {
  ask(waiter, Transport::Tcp, server);
  const auto stream = accept_question(make_query(7));
  send_all(stream, wire::Bytes(8));
  run_until_ended(waiter);
  CHECK(waiter.error() == ExchangeError::NearMisses);
}

TEST_CASE_METHOD(TcpExchangeFixture, "a cancelled TCP exchange closes its connection and is never told") {
  const auto descriptors = open_descriptors();
  ask(waiter, Transport::Tcp, server);
  {
    const auto stream = accept_question(make_query(7));
    network.cancel_exchange(waiter);
    CHECK(receive(loop, stream).empty());
  }
  CHECK(!waiter.result);
  CHECK(open_descriptors() == descriptors);
}
