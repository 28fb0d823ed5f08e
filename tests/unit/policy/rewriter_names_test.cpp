#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "policy/rewriter.hpp"
#include "wire/answer.hpp"

using namespace shirube::policy;

TEST_CASE("every rewriter has its own counter and a reason that fits an extended error") {
  std::set<std::string_view> counters;
  for (unsigned i = 0; i < static_cast<unsigned>(Rewriter::kCount); ++i) {
    const auto rewriter = static_cast<Rewriter>(i);
    counters.insert(counter_name(rewriter));
    CHECK(counter_name(rewriter).starts_with("rewrite_"));
    CHECK_FALSE(reason(rewriter).empty());
    CHECK(reason(rewriter).size() <= shirube::wire::kMaxEdeText);
  }
  CHECK(counters.size() == static_cast<std::size_t>(Rewriter::kCount));
  CHECK(counter_name(Rewriter::AnyFit) == "rewrite_any_fit");
  CHECK(counter_name(Rewriter::MxAdditional) == "rewrite_mx_additional");
}
