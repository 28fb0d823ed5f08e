// The work of writing one message is bounded, whatever names a peer has chosen for it: counted in labels that
// are looked up for compression.
#include <string>

#include <catch2/catch.hpp>

#include "wire/builder.hpp"

namespace shirube::wire {
namespace {

constexpr std::size_t kMostLabels = 127;
constexpr std::size_t kHosts = 100;

// 127 labels of one octet; `number` is told by the case of the first ones or by their letters.
enum class Differ : std::uint8_t { ByLetter, ByCase };
[[nodiscard]] Name long_name(std::size_t number, Differ differ) {
  std::string text;
  for (std::size_t label = 0; label < kMostLabels; ++label) {
    const bool set = label < 16 && ((number >> label) & 1U) != 0;
    const char other = differ == Differ::ByCase ? 'A' : 'b';
    text += set ? other : 'a';
    text += '.';
  }
  return Name::literal(text);
}

[[nodiscard]] Bytes exchange(const Name& host) {
  Bytes rdata{0, 10};
  rdata.insert(rdata.end(), host.wire().begin(), host.wire().end());
  return rdata;
}

[[nodiscard]] RRset hosts(std::size_t count, Differ differ) {
  RRset mx{.owner = Name::literal("victim.test"), .type = Type::MX};
  for (std::size_t i = 0; i < count; ++i) mx.rdatas.add(exchange(long_name(i, differ)));
  return mx;
}

}  // namespace

TEST_CASE("compressing many names of many labels looks each label up at most once") {
  for (const auto differ : {Differ::ByLetter, Differ::ByCase}) {
    Bytes buffer(kMaxMessageSize);
    MessageBuilder builder(buffer, buffer.size());
    REQUIRE(builder.add_question({Name::literal("victim.test"), Type::MX, Class::IN}));
    const auto mx = hosts(kHosts, differ);
    REQUIRE(builder.add(Section::Answer, mx, 1, false));
    CHECK(builder.label_steps() <= kMostLabels * kHosts + 2);
    const auto message = MessageView::parse(builder.finish());
    REQUIRE(message);
    CHECK(read_answer(*message)->answer.at(0).rdatas == mx.rdatas);
  }
}

TEST_CASE("names behind the budget of a message go out whole and read back as they were") {
  Bytes buffer(kMaxMessageSize);
  MessageBuilder builder(buffer, buffer.size());
  REQUIRE(builder.add_question({Name::literal("victim.test"), Type::MX, Class::IN}));
  std::size_t sets = 0;
  while (builder.add(Section::Answer, hosts(kHosts, Differ::ByCase), 1, false)) ++sets;
  CHECK(sets > 2);
  CHECK(builder.label_steps() <= kMaxLabelSteps);
  CHECK(builder.label_steps() > kMaxLabelSteps / 2);
  const auto message = MessageView::parse(builder.finish());
  REQUIRE(message);
  const auto answer = read_answer(*message);
  REQUIRE(answer);
  CHECK(answer->answer.front().rdatas == hosts(kHosts, Differ::ByCase).rdatas);
}

TEST_CASE("the owner of an RRset is looked for once, not once a record") {
  Bytes buffer(kMaxMessageSize);
  MessageBuilder builder(buffer, buffer.size());
  RRset addresses{.owner = long_name(1, Differ::ByLetter), .type = Type::A};
  for (std::uint8_t i = 0; i < kHosts; ++i) addresses.rdatas.add(Bytes{192, 0, 2, i});
  REQUIRE(builder.add(Section::Answer, addresses, 1, false));
  CHECK(builder.label_steps() <= kMostLabels);
  constexpr std::size_t kAddressRecord = 2 + kRecordFixedSize + 4;
  CHECK(builder.size() == kHeaderSize + (kMaxNameLength - 2) + kHosts * kAddressRecord);
}

TEST_CASE("an ordinary answer of many names is compressed throughout") {
  constexpr std::size_t kMany = 2'000;
  Bytes buffer(kMaxMessageSize);
  MessageBuilder builder(buffer, buffer.size());
  const Name owner = Name::literal("1.2.0.192.in-addr.arpa");
  REQUIRE(builder.add_question({owner, Type::PTR, Class::IN}));
  RRset names{.owner = owner, .type = Type::PTR};
  for (std::size_t i = 0; i < kMany; ++i) {
    const Name host = Name::literal("h" + std::to_string(1'000 + i) + ".dyn.provider.example");
    names.rdatas.add(host.wire());
  }
  REQUIRE(builder.add(Section::Answer, names, 1, false));
  constexpr std::size_t kCompressed = 2 + kRecordFixedSize + 6 + 2;
  CHECK(builder.size() <= kHeaderSize + 64 + kMany * kCompressed);
}

}  // namespace shirube::wire
