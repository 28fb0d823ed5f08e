// For any set of records: what a 512-byte client gets is readable to it, and nothing but the truth.
#include <random>

#include "tests/unit/policy/fixture.hpp"
#include "wire/message.hpp"

using namespace shirube;
using namespace shirube::policy;
using wire::Type;

namespace {

class RandomAnswers {
 public:
  explicit RandomAnswers(std::uint32_t seed) : random_(seed) {}

  unsigned below(unsigned bound) { return std::uniform_int_distribution<unsigned>(0, bound - 1)(random_); }

  wire::Name name(unsigned max_labels) {
    wire::Name out = wire::Name::literal("example.");
    for (unsigned labels = 1 + below(max_labels); labels > 0; --labels) {
      const std::string label(1 + below(63), static_cast<char>('a' + below(26)));
      if (const auto longer = out.child(label); longer && longer->size() <= 200) out = *longer;
    }
    return out;
  }

  wire::RRset rrset(const wire::Name& owner, Type type) {
    wire::RRset set{
        .owner = owner, .type = type, .klass = wire::Class::IN, .ttl = 300, .rdatas = {}, .signatures = {}};
    for (unsigned count = 1 + below(120); count > 0; --count) set.rdatas.add_unless_present(rdata(type));
    return set;
  }

 private:
  wire::Bytes rdata(Type type) {
    wire::Bytes out;
    const std::size_t fixed = type == Type::MX     ? 2
                              : type == Type::SRV  ? 6
                              : type == Type::A    ? 4
                              : type == Type::AAAA ? 16
                                                   : 0;
    for (std::size_t i = 0; i < fixed; ++i) out.push_back(static_cast<std::uint8_t>(below(256)));
    if (type == Type::A || type == Type::AAAA) return out;
    const wire::Name target = name(3);
    out.insert(out.end(), target.wire().begin(), target.wire().end());
    return out;
  }

  std::mt19937 random_;
};

bool is_subset(const wire::RRset& part, const wire::RRset& whole) {
  return part.owner == whole.owner && part.type == whole.type && part.ttl == whole.ttl &&
         std::ranges::all_of(part.rdatas,
                             [&](wire::BytesView rdata) { return whole.rdatas.contains(rdata); });
}

void check_readable(const wire::Question& question, const wire::Answer& answer) {
  const wire::Bytes reply = render_plain(question, answer);
  REQUIRE(reply.size() <= 512);
  const auto view = wire::MessageView::parse(reply);
  REQUIRE(view);
  REQUIRE_FALSE(view->header().tc);
  REQUIRE(view->header().answer_count > 0);
}

}  // namespace

TEST_CASE("every cut answer is at most 512 bytes, without TC, and a part of the truth") {
  RandomAnswers random(20260101);
  unsigned cut = 0;
  for (int round = 0; round < 3000; ++round) {
    const Type type = std::array{Type::MX, Type::A, Type::AAAA, Type::NS, Type::SRV}.at(random.below(5));
    const wire::Question question{.name = random.name(3), .type = type, .klass = wire::Class::IN};
    const wire::Answer truth = positive({random.rrset(question.name, type)});
    wire::Answer answer = truth;
    Applied applied;
    rewrite(question, answer, {}, plain_client({.fit_512 = true}), applied);
    check_readable(question, answer);
    REQUIRE(answer.answer.size() == 1);
    REQUIRE(is_subset(answer.answer[0], truth.answer[0]));
    REQUIRE(applied.has(Rewriter::Fit512) == (answer.answer != truth.answer));
    cut += applied.has(Rewriter::Fit512) ? 1 : 0;
  }
  CHECK(cut > 1000);
  CHECK(cut < 3000);
}

TEST_CASE("every answer to ANY is within the limit and made of whole RRsets or the HINFO") {
  RandomAnswers random(20260102);
  for (int round = 0; round < 1000; ++round) {
    const wire::Question question{.name = random.name(3), .type = Type::ANY, .klass = wire::Class::IN};
    std::vector parts(7, denial());
    parts[1] = positive({random.rrset(question.name, Type::MX)});
    parts[2] = positive({random.rrset(question.name, Type::A)});
    parts[4] = positive({random.rrset(question.name, Type::NS)});
    Applied applied;
    const auto answer =
        assemble_any(question, parts, plain_client({.any_fit = true, .fit_512 = true}), applied);
    check_readable(question, answer);
    for (const wire::RRset& rrset : answer.answer) {
      const bool whole =
          rrset == parts[1].answer[0] || rrset == parts[2].answer[0] || rrset == parts[4].answer[0];
      REQUIRE((whole || (rrset.type == Type::HINFO && answer.answer.size() == 1)));
    }
  }
}
