#include <filesystem>
#include <fstream>
#include <iterator>

#include "conf/key_table.hpp"
#include "loading.hpp"

namespace shirube::conf {
namespace {

const std::filesystem::path kPage = std::filesystem::path{PROJECT_ROOT} / "docs/configuration.md";

TEST_CASE("docs/configuration.md is what the key table says") {
  std::ifstream file{kPage};
  const std::string page{std::istreambuf_iterator<char>{file}, {}};
  INFO("after a change of the key table run: unit_conf '[.write-reference]'");
  CHECK(page == reference_markdown());
}

// Not a test: writes the page. Hidden, so that it runs only by name.
TEST_CASE("write docs/configuration.md", "[.write-reference]") {
  std::ofstream file{kPage};
  file << reference_markdown();
  CHECK(file.good());
}

TEST_CASE("the reference names every key with its default") {
  const std::string page = reference_markdown();
  CHECK_THAT(page,
             Catch::Contains("| `listen` | a list of 1 to 64, each an address to listen on such as "
                             "\"127.0.0.1:53\" or \"[::1]:53\" | `[\"127.0.0.1:53\", \"[::1]:53\"]` |"));
  CHECK_THAT(page, Catch::Contains("| `deadline` | a duration from \"500ms\" to \"4.5s\" | `\"4.5s\"` |"));
  CHECK_THAT(page, Catch::Contains("| `size` | a size from \"1MiB\" to \"1TiB\" | `\"256MiB\"` |"));
  CHECK_THAT(page, Catch::Contains("| `zone` | a domain name | required |"));
  CHECK(page.find("match.user") == std::string::npos);
}

TEST_CASE("every printed default loads to the default") {
  for (const Key& key : keys()) {
    if (key.fallback.find('`') != 0 || !is_table(key.name.substr(0, key.name.find('.')))) continue;
    if (find_table_list(key.name.substr(0, key.name.find('.'))) != nullptr) continue;
    const std::string value = key.fallback.substr(1, key.fallback.size() - 2);
    CAPTURE(key.name, value);
    CHECK(loaded(key.name + " = " + value) == loaded(""));
  }
}

TEST_CASE("every printed example loads") {
  for (const TableList& list : table_lists()) {
    CAPTURE(list.name);
    CHECK(refusal(list.example).empty());
  }
}

}  // namespace
}  // namespace shirube::conf
