// The types that a key can have: each reads a value within its limits, and can say what it expects.
// Threads:  plain values.
// Errors:   a Problem at the value, or at the list element: "found 300, expected a whole number from 0 to
//           256".  A type T has: `using Type`; `expected() -> std::string` for messages and the reference;
//           `read(const Value&) -> std::expected<Type, Problem>`; `show(Type) -> std::string` as TOML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "conf/document.hpp"
#include "conf/nearest_name.hpp"
#include "conf/timestamp.hpp"
#include "conf/units.hpp"
#include "dnssec/settings.hpp"
#include "wire/endpoint.hpp"
#include "wire/name.hpp"
#include "wire/time.hpp"

namespace shirube::conf {

// `found "x", expected <expected>`, and `because` after it when there is more to say.
[[nodiscard]] std::unexpected<Problem> mismatch(const Value& found, std::string_view expected,
                                                std::string_view because = {});

template <class T>
using Read = std::expected<T, Problem>;

struct Flag {
  using Type = bool;
  [[nodiscard]] static std::string expected() { return "true or false"; }
  [[nodiscard]] static Read<bool> read(const Value& value);
  [[nodiscard]] static std::string show(bool value) { return value ? "true" : "false"; }
};

struct WholeNumber {
  using Type = std::uint16_t;
  std::uint16_t least;
  std::uint16_t most;
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<std::uint16_t> read(const Value& value) const;
  [[nodiscard]] static std::string show(std::uint16_t value) { return fmt::format("{}", value); }
};

// Text, or a plain number of bytes.
struct Size {
  using Type = std::size_t;
  std::size_t least;
  std::size_t most;
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<std::size_t> read(const Value& value) const;
  [[nodiscard]] static std::string show(std::size_t value) { return in_quotes(size_text(value)); }
};

struct Span {
  using Type = wire::Duration;
  wire::Duration least;
  wire::Duration most;
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<wire::Duration> read(const Value& value) const;
  [[nodiscard]] static std::string show(wire::Duration value) { return in_quotes(duration_text(value)); }
};

// A span of whole seconds, as TTLs are.
struct Lifetime {
  using Type = wire::Seconds;
  wire::Seconds least;
  wire::Seconds most;
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<wire::Seconds> read(const Value& value) const;
  [[nodiscard]] static std::string show(wire::Seconds value) { return in_quotes(duration_text(value)); }
};

struct Text {
  using Type = std::string;
  std::size_t most;  // octets
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<std::string> read(const Value& value) const;
  [[nodiscard]] static std::string show(const std::string& value) { return in_quotes(value); }
};

// Of a file. Absolute, for a service starts elsewhere than the shell that checks its configuration.
struct Path {
  using Type = std::string;
  std::size_t most;  // octets
  [[nodiscard]] static std::string expected() { return "an absolute path, or \"\""; }
  [[nodiscard]] Read<std::string> read(const Value& value) const;
  [[nodiscard]] static std::string show(const std::string& value) { return in_quotes(value); }
};

// Of a file that has to be there.
struct FilePath {
  using Type = std::string;
  std::size_t most;  // octets
  [[nodiscard]] static std::string expected() { return "an absolute path"; }
  [[nodiscard]] Read<std::string> read(const Value& value) const;
  [[nodiscard]] static std::string show(const std::string& value) { return in_quotes(value); }
};

// A point in time, or "".
struct Moment {
  using Type = std::optional<std::int64_t>;  // seconds since 1970
  [[nodiscard]] static std::string expected();
  [[nodiscard]] static Read<Type> read(const Value& value);
  [[nodiscard]] static std::string show(Type value) { return in_quotes(value ? timestamp_text(*value) : ""); }
};

struct NegativeAnchorText {
  using Type = dnssec::NegativeTrustAnchor;
  [[nodiscard]] static std::string expected();
  [[nodiscard]] static Read<Type> read(const Value& value);
  [[nodiscard]] static std::string show(const Type& value);
};

// What a profile may be called: it becomes a word of the log and a label of the metrics.
struct Identifier {
  using Type = std::string;
  std::size_t most;
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<std::string> read(const Value& value) const;
  [[nodiscard]] static std::string show(const std::string& value) { return in_quotes(value); }
};

struct DomainName {
  using Type = wire::Name;
  [[nodiscard]] static std::string expected() { return "a domain name"; }
  [[nodiscard]] static Read<wire::Name> read(const Value& value);
  [[nodiscard]] static std::string show(const wire::Name& value) { return in_quotes(value.text()); }
};

struct EndpointText {
  using Type = wire::Endpoint;
  std::string_view role;  // "an address to listen on"
  [[nodiscard]] std::string expected() const;
  [[nodiscard]] Read<wire::Endpoint> read(const Value& value) const;
  [[nodiscard]] static std::string show(const wire::Endpoint& value) { return in_quotes(value.text()); }
};

// A name server to ask.
struct ServerText {
  using Type = wire::Endpoint;
  [[nodiscard]] static std::string expected();
  [[nodiscard]] static Read<wire::Endpoint> read(const Value& value);
  [[nodiscard]] static std::string show(const wire::Endpoint& value) { return in_quotes(value.text()); }
};

struct PrefixText {
  using Type = wire::Prefix;
  [[nodiscard]] static std::string expected();
  [[nodiscard]] static Read<wire::Prefix> read(const Value& value);
  [[nodiscard]] static std::string show(const wire::Prefix& value) { return in_quotes(value.text()); }
};

// With its own place, for what is checked later.
template <class Element>
struct Placed {
  using Type = Located<typename Element::Type>;
  Element element;
  [[nodiscard]] std::string expected() const { return element.expected(); }
  [[nodiscard]] Read<Type> read(const Value& value) const {
    auto read = element.read(value);
    if (!read) return std::unexpected(std::move(read.error()));
    return Type{*std::move(read), value.at};
  }
  [[nodiscard]] std::string show(const Type& value) const { return element.show(value.value); }
};

template <class Element>
struct ListOf {
  using Type = std::vector<typename Element::Type>;
  Element element;
  std::size_t least;
  std::size_t most;

  [[nodiscard]] std::string expected() const {
    return fmt::format("a list of {} to {}, each {}", least, most, element.expected());
  }

  [[nodiscard]] Read<Type> read(const Value& value) const {
    const auto* list = std::get_if<List>(&value.data);
    if (list == nullptr || list->size() < least) return mismatch(value, expected());
    if (list->size() > most) {
      return std::unexpected(Problem{
          (*list)[most].at, fmt::format("found {} in the list, expected at most {}", list->size(), most)});
    }
    Type elements;
    elements.reserve(list->size());
    for (const Value& member : *list) {
      auto read = element.read(member);
      if (!read) return std::unexpected(std::move(read.error()));
      elements.push_back(*std::move(read));
    }
    return elements;
  }

  [[nodiscard]] std::string show(const Type& elements) const {
    std::string text;
    for (const auto& member : elements) text += (text.empty() ? "" : ", ") + element.show(member);
    return '[' + text + ']';
  }
};

template <class Enum>
struct Word {
  std::string_view text;
  Enum value;
  std::optional<bool> alias = std::nullopt;  // the TOML boolean that says the same
};

// "\"yes\" or \"no\"".
[[nodiscard]] std::string alternatives(const std::vector<std::string_view>& words);

// One of some words.
template <class Enum>
struct Choice {
  using Type = Enum;
  std::span<const Word<Enum>> words;

  [[nodiscard]] std::string expected() const { return alternatives(texts()); }

  [[nodiscard]] Read<Enum> read(const Value& value) const {
    const auto* text = std::get_if<std::string>(&value.data);
    const auto* flag = std::get_if<bool>(&value.data);
    for (const Word<Enum>& word : words) {
      if (text != nullptr && word.text == *text) return word.value;
      if (flag != nullptr && word.alias == *flag) return word.value;
    }
    const auto nearest = text == nullptr ? std::nullopt : nearest_name(*text, texts());
    return mismatch(value, expected(), nearest ? fmt::format("did you mean \"{}\"?", *nearest) : "");
  }

  [[nodiscard]] std::string show(Enum value) const {
    for (const Word<Enum>& word : words) {
      if (word.value == value) return in_quotes(word.text);
    }
    return {};
  }

 private:
  [[nodiscard]] std::vector<std::string_view> texts() const {
    std::vector<std::string_view> all;
    for (const Word<Enum>& word : words) all.push_back(word.text);
    return all;
  }
};

}  // namespace shirube::conf
