#include <string>
#include <string_view>

#include <fmt/format.h>

#include "conf/key_table.hpp"
#include "conf/loader.hpp"

namespace shirube::conf {
namespace {

constexpr std::string_view kIntroduction = R"(# Configuration

Shirube reads one [TOML](https://toml.io/en/v1.0.0) file. Every key has a default, an empty file is
valid, and [shirube.toml](../conf/shirube.toml) shows all keys with their defaults. There are ready files in
[conf/presets](../conf/presets): for qmail, for Squid and for sites with IPv4 only.

An unknown key, a wrong type or a value out of range is an error of one line: file, line, column, what was
found, what was expected, and the nearest known name. Shirube then does not start; on a reload the old
configuration stays.

On the command line `--set KEY=VALUE` (any number) and `--listen ADDR:PORT` (any number; they replace
`server.listen`) override the file. KEY is the full name, such as `cache.size`. VALUE is TOML, or a bare word:
`--set cache.size=64MiB`, `--set log.level=debug`, `--set 'server.allow=["10.0.0.0/8"]'`.

Durations are a number with `ms`, `s`, `m`, `h` or `d`; sizes a number with `B`, `KiB`, `MiB`, `GiB` or `TiB`.

This page is generated from the parser's table.
)";

// A bar would end the cell.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string key_rows(std::string_view table) {
  std::string rows = "| key | value | default | meaning |\n|---|---|---|---|\n";
  const std::string prefix = fmt::format("{}.", table);
  for (const Key& key : keys()) {
    if (!key.available || !key.name.starts_with(prefix)) continue;
    rows += fmt::format("| `{}` | {} | {} | {} |\n", key.name.substr(prefix.size()), cell(key.expected),
                        cell(key.fallback), cell(key.meaning));
  }
  return rows;
}

}  // namespace

std::string reference_markdown() {
  std::string page{kIntroduction};
  for (const Section& section : sections()) {
    page += fmt::format("\n## [{}]\n\n{}\n\n{}", section.name, section.meaning, key_rows(section.name));
  }
  for (const TableList& list : table_lists()) {
    page += fmt::format("\n## [[{}]]\n\n{} At most {}.\n\n{}\n<!-- config -->\n```toml\n{}```\n", list.name,
                        list.meaning, list.most, key_rows(list.name), list.example);
  }
  return page;
}

}  // namespace shirube::conf
