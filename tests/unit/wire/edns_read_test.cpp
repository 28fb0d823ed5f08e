#include <string>

#include <catch2/catch.hpp>

#include "tests/unit/wire/raw_message.hpp"
#include "wire/edns.hpp"

namespace shirube::wire {
namespace {

using tests::RawMessage;

RawMessage option(OptionCode code, std::string_view data) {
  return RawMessage()
      .u16(static_cast<std::uint16_t>(code))
      .u16(static_cast<std::uint16_t>(data.size()))
      .text(data);
}

struct Opt {
  RawMessage raw;
  MessageView message;

  explicit Opt(std::uint32_t ttl, std::uint16_t size, const RawMessage& options)
      : raw(RawMessage().header(0, 0, 0, 0, 1).opt(size, ttl, options.view())), message(tests::parsed(raw)) {}
  [[nodiscard]] const RecordView& record() const { return *message.opt(); }
};

}  // namespace

TEST_CASE("size, version, code and DO are read") {
  const auto edns = read_edns(Opt(0x12038000, 4096, {}).record());
  REQUIRE(edns);
  CHECK(edns->udp_size == 4096);
  CHECK(edns->rcode_high == 0x12);
  CHECK(edns->version == 3);
  CHECK(edns->dnssec_ok);
  CHECK_FALSE(edns->wants_nsid);
  CHECK_FALSE(read_edns(Opt(0x00007fff, 1232, {}).record())->dnssec_ok);
}

TEST_CASE("a size under 512 counts as 512") {
  CHECK(read_edns(Opt(0, 0, {}).record())->udp_size == 512);
  CHECK(read_edns(Opt(0, 511, {}).record())->udp_size == 512);
  CHECK(read_edns(Opt(0, 513, {}).record())->udp_size == 513);
}

TEST_CASE("options are found among unknown ones") {
  RawMessage options = option(OptionCode{65001}, "x").bytes(option(OptionCode::Nsid, "").view());
  options.bytes(option(OptionCode::Cookie, "12345678").view())
      .bytes(option(OptionCode::TcpKeepalive, "").view());
  const auto edns = read_edns(Opt(0, 1232, options).record());
  REQUIRE(edns);
  CHECK((edns->wants_nsid && edns->has_cookie && edns->wants_keepalive));
}

TEST_CASE("an option list that does not fit its RDATA is refused") {
  CHECK_FALSE(read_edns(Opt(0, 1232, RawMessage().u16(3)).record()));
  CHECK_FALSE(read_edns(Opt(0, 1232, RawMessage().u16(3).u16(1)).record()));
  CHECK_FALSE(read_edns(Opt(0, 1232, RawMessage().u16(3).u16(0).u8(0)).record()));
}

TEST_CASE("a flood of options is refused") {
  RawMessage options;
  for (std::size_t i = 0; i < kMaxEdnsOptions; ++i) options.bytes(option(OptionCode::Padding, "").view());
  CHECK(read_edns(Opt(0, 1232, options).record()));
  CHECK_FALSE(read_edns(Opt(0, 1232, options.bytes(option(OptionCode::Padding, "").view())).record()));
}

TEST_CASE("extended errors are read, cut and counted") {
  RawMessage options = RawMessage().u16(15).u16(1).u8(0);  // too short for a code: no error
  options.u16(15).u16(2 + 200).u16(22).text(std::string(200, 'x'));
  for (int i = 0; i < 10; ++i) options.u16(15).u16(2).u16(3);
  const auto errors = read_extended_errors(Opt(0, 1232, options).record());
  REQUIRE(errors.size() == kMaxExtendedErrors);
  CHECK(errors[0] == ExtendedError{Ede::NoReachableAuthority, std::string(kMaxEdeText, 'x')});
  CHECK(errors[1] == ExtendedError{Ede::StaleAnswer, ""});
}

TEST_CASE("text is not cut inside a character") {
  const std::string text = std::string(kMaxEdeText - 1, 'x') + "\u6a19";
  CHECK(sent_text(text) == std::string(kMaxEdeText - 1, 'x'));
  CHECK(sent_text(text.substr(2)) == text.substr(2));
  CHECK(sent_text(std::string(200, '\x80')).size() >= kMaxEdeText - 3);
}

}  // namespace shirube::wire
