#include "tests/support/sim_client.hpp"

#include <utility>

#include "wire/builder.hpp"

namespace shirube::test {

wire::Question question(std::string_view name, wire::Type type) {
  return {.name = wire::Name::literal(name), .type = type};
}

wire::Bytes query(std::string_view name, const Ask& ask) {
  wire::Bytes buffer(512);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = ask.id, .rd = true, .ad = ask.wants_ad, .cd = ask.checking_disabled});
  bool fits = builder.add_question(question(name, ask.type));
  if (ask.edns_size) {
    fits = fits && builder.add_opt(
                       {.udp_size = *ask.edns_size, .dnssec_ok = ask.dnssec_ok, .compact_ok = ask.compact_ok},
                       wire::Rcode::NoError);
  }
  const auto message = builder.finish();
  return fits ? wire::Bytes(message.begin(), message.end()) : wire::Bytes{};
}

Asker::Asker() = default;
Asker::~Asker() = default;

void Asker::ended(upstream::ExchangeResult end) {
  ++times_ended;
  result = std::move(end);
}

bool Asker::has_reply() const { return result && result->has_value(); }

bool Asker::failed_with(upstream::ExchangeError error) const {
  return result && !result->has_value() && result->error() == error;
}

wire::Header Asker::header() const { return wire::read_header((*result)->bytes); }

upstream::ExchangeRequest to_server(std::string_view server, wire::Bytes query, upstream::Transport transport,
                                    wire::Duration patience) {
  return {.server = *wire::Endpoint::parse(server, 53),
          .transport = transport,
          .query = std::move(query),
          .patience = patience};
}

Bell::Bell(std::string name, std::vector<std::string>& rung) : name_(std::move(name)), rung_(rung) {}
Bell::~Bell() = default;

void Bell::ring() { rung_.push_back(name_); }

}  // namespace shirube::test
