// What reading and writing a packet costs: a query as the hit path reads it, an answer of 132 octets as an
// upstream sends it (CNAME, two A, two NS, OPT), and the largest messages that a hostile upstream could
// choose.
#include <array>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>

#include "wire/answer.hpp"
#include "wire/builder.hpp"
#include "wire/presentation.hpp"
#include "wire/query.hpp"

namespace shirube::wire {
namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

Bytes query_packet() {
  Bytes buffer(512);
  MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = 1, .rd = true});
  require(builder.add_question({Name::literal("www.Example.org"), Type::A, Class::IN}));
  require(builder.add_opt({}, Rcode::NoError));
  buffer.resize(builder.finish().size());
  return buffer;
}

RRset record(std::string_view line) {
  auto parsed = parse_record(line);
  if (!parsed) std::abort();
  return *std::move(parsed);
}

RRset rrset(std::string_view line, std::string_view second_line = {}) {
  RRset result = record(line);
  if (!second_line.empty()) result.rdatas.add(*record(second_line).rdatas.begin());
  return result;
}

const Question kAsked{Name::literal("www.example.org"), Type::A, Class::IN};

struct TypicalAnswer {
  RRset alias = rrset("www.example.org. 300 IN CNAME web.example.org.");
  RRset addresses = rrset("web.example.org. 300 IN A 192.0.2.1", "web.example.org. 300 IN A 192.0.2.2");
  RRset servers =
      rrset("example.org. 3600 IN NS ns1.example.org.", "example.org. 3600 IN NS ns2.example.org.");

  [[nodiscard]] BytesSpan build(BytesSpan buffer) const {
    MessageBuilder builder(buffer, buffer.size());
    builder.set_header({.id = 1, .qr = true, .rd = true, .ra = true});
    require(builder.add_question(kAsked));
    require(builder.add(Section::Answer, alias, alias.ttl, false));
    require(builder.add(Section::Answer, addresses, addresses.ttl, false));
    require(builder.add(Section::Authority, servers, servers.ttl, false));
    require(builder.add_opt({}, Rcode::NoError));
    return builder.finish();
  }
};

Bytes answer_packet() {
  Bytes buffer(512);
  buffer.resize(TypicalAnswer{}.build(buffer).size());
  return buffer;
}

// 64 KiB of one-octet labels in front of one name of 250 octets: as many long, distinct owners as fit.
Bytes many_owners_packet() {
  std::string long_name;
  for (int i = 0; i < 124; ++i) long_name += "a.";
  Bytes buffer(kMaxMessageSize);
  MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = 1, .qr = true});
  const Name base = Name::literal(long_name);
  require(builder.add_question({base, Type::A, Class::IN}));
  RRset record{.owner = base, .type = Type{65280}};
  record.rdatas.add({});
  for (unsigned i = 0;; ++i) {
    const std::array<std::uint8_t, 2> label = {static_cast<std::uint8_t>(i >> 8),
                                               static_cast<std::uint8_t>(i)};
    record.owner = base.child(BytesView(label)).value();
    if (!builder.add(Section::Answer, record, 1, false)) break;
  }
  buffer.resize(builder.finish().size());
  return buffer;
}

// The most records of one RRset each, of the largest number of RRsets: duplicates are sought in all of them.
Bytes full_rrsets_packet() {
  Bytes buffer(kMaxMessageSize);
  MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.id = 1, .qr = true});
  require(builder.add_question(kAsked));
  for (std::uint16_t type = 65280;; ++type) {
    // Any 16-bit value is a legal Type. NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange)
    RRset rrset{.owner = kAsked.name, .type = Type{type}};
    constexpr std::uint8_t kRecords = 100;
    for (std::uint8_t i = 0; i < kRecords; ++i) rrset.rdatas.add(Bytes{i});
    if (!builder.add(Section::Answer, rrset, 1, false)) break;
  }
  buffer.resize(builder.finish().size());
  return buffer;
}

void read_query(benchmark::State& state) {
  const Bytes packet = query_packet();
  QueryView query;
  for ([[maybe_unused]] auto _ : state) {
    wire::read_query(packet, query);
    benchmark::DoNotOptimize(query);
  }
}
BENCHMARK(read_query);

void parse(benchmark::State& state, Bytes (*make)()) {
  const Bytes packet = make();
  for ([[maybe_unused]] auto _ : state) {
    auto message = MessageView::parse(packet);
    require(message.has_value());
    benchmark::DoNotOptimize(message);
  }
  state.counters["octets"] = static_cast<double>(packet.size());
}
BENCHMARK_CAPTURE(parse, answer, answer_packet);
BENCHMARK_CAPTURE(parse, many_owners, many_owners_packet);

void read_answer(benchmark::State& state, Bytes (*make)()) {
  const Bytes packet = make();
  const auto message = MessageView::parse(packet);
  require(message.has_value());
  for ([[maybe_unused]] auto _ : state) {
    auto answer = wire::read_answer(*message);
    require(answer.has_value());
    benchmark::DoNotOptimize(answer);
  }
}
BENCHMARK_CAPTURE(read_answer, answer, answer_packet);
BENCHMARK_CAPTURE(read_answer, many_owners, many_owners_packet);
BENCHMARK_CAPTURE(read_answer, full_rrsets, full_rrsets_packet);

void build_answer(benchmark::State& state) {
  const TypicalAnswer answer;
  std::array<std::uint8_t, 1232> buffer{};
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(answer.build(buffer));
  }
}
BENCHMARK(build_answer);

}  // namespace
}  // namespace shirube::wire
