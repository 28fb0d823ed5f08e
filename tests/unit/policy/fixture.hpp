// What the tests of policy/ share: records from text, clients by kind, and replies rendered without the help
// of the code under test.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "policy/rewriter.hpp"
#include "wire/builder.hpp"
#include "wire/presentation.hpp"

namespace shirube::policy {

// One RRset from lines like "example. 300 IN MX 10 a.example."; for constants of a file too, so without
// REQUIRE.
inline wire::RRset records(const std::vector<std::string>& lines) {
  wire::RRset rrset = wire::parse_record(lines.front()).value();
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const wire::RRset more = wire::parse_record(lines[i]).value();
    for (const auto rdata : more.rdatas) rrset.rdatas.add(rdata);
  }
  return rrset;
}

inline wire::RRset record(const std::string& line) { return records({line}); }

inline wire::RRset with_signature(wire::RRset rrset, std::size_t octets) {
  rrset.signatures.add(wire::Bytes(octets, 0));
  return rrset;
}

inline std::vector<std::string> texts(const wire::RRset& rrset) {
  std::vector<std::string> out;
  for (const auto rdata : rrset.rdatas) out.push_back(wire::rdata_text(rrset.type, rdata));
  return out;
}

inline std::vector<wire::Type> types(const std::vector<wire::RRset>& rrsets) {
  std::vector<wire::Type> out;
  for (const auto& rrset : rrsets) out.push_back(rrset.type);
  return out;
}

inline wire::Question ask(std::string_view name, wire::Type type) {
  return {.name = wire::Name::literal(name), .type = type, .klass = wire::Class::IN};
}

inline wire::Answer positive(std::vector<wire::RRset> rrsets) {
  wire::Answer answer;
  answer.authentic = true;
  answer.answer = std::move(rrsets);
  return answer;
}

inline wire::Answer denial(wire::Rcode rcode = wire::Rcode::NoError) {
  wire::Answer answer;
  answer.rcode = rcode;
  answer.authentic = true;
  answer.authority = {record("example. 60 IN SOA ns.example. root.example. 1 2 3 4 60")};
  return answer;
}

inline wire::Answer failure() {
  wire::Answer answer;
  answer.rcode = wire::Rcode::ServFail;
  return answer;
}

inline Fact fact(std::string_view host, wire::Type type, wire::Answer answer) {
  return {.question = ask(host, type), .answer = std::move(answer)};
}

inline ClientView plain_client(Rewrites rewrites) {
  return {.rewrites = rewrites, .edns = false, .dnssec_ok = false, .size_limit = 512};
}
inline ClientView edns_client(Rewrites rewrites, std::uint16_t size = 1232) {
  return {.rewrites = rewrites, .edns = true, .dnssec_ok = false, .size_limit = size};
}
inline ClientView validating_client(Rewrites rewrites, std::uint16_t size = 1232) {
  return {.rewrites = rewrites, .edns = true, .dnssec_ok = true, .size_limit = size};
}

// The reply as the server would send it to a client without EDNS: no OPT, no signatures.
inline wire::Bytes render_plain(const wire::Question& question, const wire::Answer& answer) {
  wire::Bytes buffer(65535);
  wire::MessageBuilder builder(buffer, buffer.size());
  builder.set_header({.qr = true, .ra = true});
  REQUIRE(builder.add_question(question));
  const auto add = [&](wire::Section section, const std::vector<wire::RRset>& rrsets) {
    for (const auto& rrset : rrsets) REQUIRE(builder.add(section, rrset, rrset.ttl, false));
  };
  add(wire::Section::Answer, answer.answer);
  add(wire::Section::Authority, answer.authority);
  add(wire::Section::Additional, answer.additional);
  buffer.resize(builder.finish().size());
  return buffer;
}

// "example. 300 IN MX N <long>.example." times `count`, the preference falling: the best comes last.
inline wire::RRset many_mx(int count) {
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) {
    lines.push_back("example. 300 IN MX " + std::to_string(10 * (count - i)) + " mail-exchanger-number-" +
                    std::to_string(i) + ".some-provider-" + std::to_string(i) + ".example.");
  }
  return records(lines);
}

}  // namespace shirube::policy
