#include "tests/simulation/zone_content.hpp"

#include <algorithm>
#include <string_view>

#include "tests/simulation/records.hpp"

namespace shirube::simulation {
namespace {

using wire::Type;

constexpr std::size_t kMostQuestionsOfZone = 4;
constexpr std::size_t kMostQuestions = 14;

class Filling {
 public:
  Filling(DrawnWorld& drawn, Dice dice) : drawn_(drawn), dice_(dice) {}

  void fill() {
    for (std::size_t i = 1; i < drawn_.zones.size(); ++i) fill(i);
  }

  void ask() {
    for (std::size_t i = drawn_.zones.size() - 1; i > 0; --i) {
      for (auto count = dice_.between(1, kMostQuestionsOfZone); count > 0; --count) ask(i);
    }
    const auto asked = std::min(drawn_.questions.size(), kMostQuestions);
    drawn_.questions.erase(drawn_.questions.begin() + static_cast<std::ptrdiff_t>(asked),
                           drawn_.questions.end());
  }

 private:
  [[nodiscard]] const wire::Name& some_apex() {
    return drawn_.zones[dice_.between(1, drawn_.zones.size() - 1)].apex;
  }
  [[nodiscard]] wire::Address some_address() {
    return wire::Address::v4(198, 51, 100, static_cast<std::uint8_t>(dice_.between(1, 60)));
  }

  void fill(std::size_t which) {
    const auto ttl = drawn_.zones[which].ttl;
    auto& zone = drawn_.world.zone(drawn_.zones[which].index);
    const auto& apex = zone.apex();
    zone.put(mx_record(apex, ttl, below("mail", apex)));
    zone.put(address_record(below("mail", apex), ttl, some_address()));
    zone.put(address_record(below("www", apex), ttl, some_address()));
    if (dice_.happens(0.3))
      zone.put(address_record(below("www", apex), ttl, *wire::Address::parse("2001:db8:80::1")));
    if (dice_.happens(0.5)) add_wildcard(zone, ttl);
    if (dice_.happens(0.3)) zone.put(txt_record(below("deep.er.ent", apex), ttl, "deep"));
    const auto target = below(dice_.one_of<std::string_view>({"www", "www", "to", "none"}), some_apex());
    zone.put(name_record(Type::CNAME, below("to", apex), ttl, target));
    if (dice_.happens(0.3)) zone.put(name_record(Type::DNAME, below("moved", apex), ttl, some_apex()));
  }

  // And a name that it makes nothing of, whoever says so.
  void add_wildcard(sim::Zone& zone, std::uint32_t ttl) {
    zone.put(address_record(below("*.wild", zone.apex()), ttl, some_address()));
    if (dice_.happens(0.5)) zone.put(address_record(below("here.wild", zone.apex()), ttl, some_address()));
  }

  void ask(std::size_t which) {
    struct Choice {
      std::string_view label;
      Type type;
    };
    static constexpr Choice kChoices[]{
        {"www", Type::A},
        {"www", Type::A},
        {"www", Type::AAAA},
        {"mail", Type::A},
        {"", Type::MX},
        {"", Type::NS},
        {"", Type::SOA},
        {"", Type::A},
        {"", Type::DNSKEY},
        {"", Type::DS},
        {"to", Type::A},
        {"to", Type::MX},
        {"to", Type::CNAME},
        {"none", Type::A},
        {"x.none", Type::A},
        {"x.wild", Type::A},
        {"x.wild", Type::A},
        {"here.wild", Type::A},
        {"y.x.wild", Type::AAAA},
        {"wild", Type::A},
        {"ent", Type::TXT},
        {"er.ent", Type::A},
        {"deep.er.ent", Type::TXT},
        {"none.er.ent", Type::A},
        {"www.moved", Type::A},
        {"to.moved", Type::A},
        {"moved", Type::A},
        {"none.moved", Type::MX},
        {"www.www", Type::A},
    };
    const auto choice = dice_.one_of(kChoices);
    const auto& zone = drawn_.world.zones()[drawn_.zones[which].index];
    const wire::Question question{choice.label.empty() ? zone.apex() : below(choice.label, zone.apex()),
                                  choice.type, wire::Class::IN};
    if (drawn_.may_deny_empty_non_terminals && zone.is_empty_non_terminal(question.name)) return;
    if (std::ranges::find(drawn_.questions, question) == drawn_.questions.end())
      drawn_.questions.push_back(question);
  }

  DrawnWorld& drawn_;
  Dice dice_;
};

}  // namespace

void draw_content(DrawnWorld& drawn, Dice dice) {
  Filling filling(drawn, dice);
  filling.fill();
  filling.ask();
}

}  // namespace shirube::simulation
