#include "tests/support/forgery.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/zone_file.hpp"
#include "wire/builder.hpp"

namespace shirube::test {

wire::Answer saying(const Sections& sections) {
  const wire::Name root;
  wire::Answer said;
  said.authoritative = true;
  said.answer = sim::parse_zone(root, sections.answer);
  said.authority = sim::parse_zone(root, sections.authority);
  said.additional = sim::parse_zone(root, sections.additional);
  return said;
}

wire::Answer referring(const Sections& sections) {
  auto said = saying(sections);
  said.authoritative = false;
  return said;
}

wire::Answer denying(std::string_view zone) {
  auto said = saying({.authority = fmt::format("{} 300 SOA a b 1 7200 900 1209600 300\n", zone)});
  said.rcode = wire::Rcode::NxDomain;
  return said;
}

sim::Script always(wire::Answer said) {
  return [said = std::move(said)](const wire::Question&) { return std::optional(said); };
}

sim::Script about(std::string_view name, wire::Answer said) {
  return [named = wire::Name::literal(name), said = std::move(said)](const wire::Question& question) {
    return question.name == named ? std::optional(said) : std::nullopt;
  };
}

wire::Bytes forge(wire::BytesView query, const wire::Answer& said, std::uint16_t id) {
  std::array<std::uint8_t, 4096> buffer{};
  wire::MessageBuilder builder(buffer, buffer.size());
  auto header = wire::read_header(query);
  header.id = id;
  header.qr = true;
  header.aa = true;
  header.rcode_low = static_cast<std::uint8_t>(said.rcode);
  builder.set_header(header);
  const auto asked = wire::read_name(query, wire::kHeaderSize);
  const auto question = query.subspan(wire::kHeaderSize, asked->next - wire::kHeaderSize + 4);
  static_cast<void>(builder.add_question_bytes(question));
  const auto add = [&](wire::Section section, const std::vector<wire::RRset>& rrsets) {
    for (const auto& rrset : rrsets) static_cast<void>(builder.add(section, rrset, rrset.ttl, false));
  };
  add(wire::Section::Answer, said.answer);
  add(wire::Section::Authority, said.authority);
  add(wire::Section::Additional, said.additional);
  const auto message = builder.finish();
  return {message.begin(), message.end()};
}

std::uint16_t id_of(wire::BytesView query) { return wire::read_header(query).id; }

bool got_address(const Client& client, std::string_view text) {
  if (!client.noerror() || client.records() == 0) return false;
  const auto address = *wire::Address::parse(text);
  const auto& last = client.got->answer.answer.back();
  return last.type == wire::Type::A && last.rdatas.count() == 1 &&
         last.rdatas.contains(wire::BytesView(address.bytes).first(address.size()));
}

}  // namespace shirube::test
