// From a true answer to the bytes that one client can digest: the rewriters, and rendering. The domains are
// those that unpatched qmail fails at: an ANY of 2.9 kB, and 24 MX records.
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "policy/rewriter.hpp"
#include "server/reply.hpp"
#include "wire/presentation.hpp"

namespace {

using namespace shirube;
using wire::Type;

void require(bool condition) {
  if (!condition) std::abort();
}

wire::RRset record(std::string_view line) {
  auto parsed = wire::parse_record(line);
  if (!parsed) std::abort();
  return *std::move(parsed);
}

wire::RRset numbered(std::size_t count, fmt::format_string<std::size_t&> line) {
  std::size_t number = 0;
  auto rrset = record(fmt::format(line, number));
  while (++number < count) rrset.rdatas.add(*record(fmt::format(line, number)).rdatas.begin());
  return rrset;
}

wire::RRset many_mx() {
  return numbered(24, "furelo.example. 300 IN MX 10 mail-exchanger-{0}.some-provider-{0}.example.");
}

wire::Answer holding(wire::RRset rrset) {
  wire::Answer answer;
  answer.authentic = true;
  answer.answer.push_back(std::move(rrset));
  return answer;
}

wire::Question asked(Type type) { return {wire::Name::literal("furelo.example."), type, wire::Class::IN}; }

// One for each type that stands in for ANY; all TXT together are 2.5 kB.
wire::Answer part_of_any(Type type) {
  switch (type) {
    case Type::MX:
      return holding(many_mx());
    case Type::A:
      return holding(numbered(8, "furelo.example. 300 IN A 192.0.2.{}"));
    case Type::AAAA:
      return holding(numbered(4, "furelo.example. 300 IN AAAA 2001:db8::{}"));
    case Type::NS:
      return holding(numbered(4, "furelo.example. 300 IN NS ns{}.furelo.example."));
    case Type::SOA:
      return holding(record("furelo.example. 300 IN SOA ns0.furelo.example. root.furelo.example. 1 2 3 4 5"));
    case Type::TXT:
      return holding(
          numbered(40, "furelo.example. 300 IN TXT \"v=verify{:02} 0123456789abcdef0123456789abcdef\""));
    default:
      return {};
  }
}

void any_fit(benchmark::State& state) {
  const policy::ClientView client{.rewrites = {.any_fit = true}};
  const auto question = asked(Type::ANY);
  std::vector<wire::Answer> parts;
  for (const auto type : policy::lookups_instead(question, client)) parts.push_back(part_of_any(type));
  policy::Applied applied;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(policy::assemble_any(question, parts, client, applied));
  }
  require(applied.has(policy::Rewriter::AnyFit));
}
BENCHMARK(any_fit);

// With the copy of the true answer that every rewrite begins with.
void fit_512(benchmark::State& state) {
  const policy::ClientView client{.rewrites = {.fit_512 = true}};
  const auto question = asked(Type::MX);
  const auto truth = holding(many_mx());
  policy::Applied applied;
  for ([[maybe_unused]] auto _ : state) {
    auto answer = truth;
    policy::rewrite(question, answer, {}, client, applied);
    benchmark::DoNotOptimize(answer);
  }
  require(applied.has(policy::Rewriter::Fit512));
}
BENCHMARK(fit_512);

// What a client costs that no rewriter has anything to do for.
void nothing_to_rewrite(benchmark::State& state) {
  const policy::ClientView client{.rewrites = {.any_fit = true, .fit_512 = true, .ipv4_only = true}};
  const auto question = asked(Type::A);
  const auto truth = part_of_any(Type::A);
  policy::Applied applied;
  for ([[maybe_unused]] auto _ : state) {
    auto answer = truth;
    policy::rewrite(question, answer, {}, client, applied);
    benchmark::DoNotOptimize(answer);
  }
  require(!applied.any());
}
BENCHMARK(nothing_to_rewrite);

void render(benchmark::State& state, Type type) {
  const auto answer = part_of_any(type);
  const auto name = asked(type).name;
  wire::Bytes question(name.wire().begin(), name.wire().end());
  const auto type_number = static_cast<std::uint16_t>(type);
  question.insert(question.end(), {static_cast<std::uint8_t>(type_number >> 8),
                                   static_cast<std::uint8_t>(type_number), 0, 1});
  server::ReplyForm form;
  form.edns = true;
  form.size_limit = wire::kMaxMessageSize;
  wire::Bytes out(wire::kMaxMessageSize);
  std::size_t size = 0;
  for ([[maybe_unused]] auto _ : state) {
    size = server::write_reply(answer, question, form, out);
    benchmark::DoNotOptimize(out.data());
  }
  require(size > question.size() + wire::kHeaderSize);
  state.counters["octets"] = static_cast<double>(size);
}
BENCHMARK_CAPTURE(render, a_of_8, Type::A);
BENCHMARK_CAPTURE(render, mx_of_24, Type::MX);
BENCHMARK_CAPTURE(render, txt_of_40, Type::TXT);

}  // namespace
