// Lookups::Host: what one lookup asks for on the side while it walks and validates.
// Threads:  one loop.
// Owns:     a share of its lookup; the Lookups must outlive it.
#pragma once

#include <memory>
#include <utility>

#include "upstream/lookups.hpp"
#include "upstream/trust_host.hpp"

namespace shirube::upstream {

class Lookups::Host final : public WalkHost, public TrustHost {
 public:
  Host(Lookups& lookups, LookupPtr asker, SettingsPtr settings)
      : lookups_(lookups), asker_(std::move(asker)), settings_(std::move(settings)) {}

  // WalkHost
  [[nodiscard]] std::vector<wire::Address> known(const wire::Name& server, wire::Type type,
                                                 AddressSource source) const override;
  [[nodiscard]] Task<Addresses> find(wire::Name server, wire::Type type, AddressSource source,
                                     wire::Name zone) override;
  [[nodiscard]] std::unique_ptr<Step> begin_step(const wire::Name& zone, const wire::Name& name) override;
  [[nodiscard]] Task<bool> wait_for_step(wire::Name zone, wire::Name name) override;
  [[nodiscard]] Task<void> probe(wire::Name zone, ServerQuery query) override;
  void probe_patiently(ServerQuery query) override;

  // TrustHost
  [[nodiscard]] Network& network() override { return lookups_.parts_.network; }
  [[nodiscard]] Budget& budget() override { return *asker_->budget; }
  [[nodiscard]] Task<std::expected<Heard, Failure>> fetch(wire::Question question,
                                                          Distrust distrust) override;
  bool ask_with_edns_again(const Source& source) override;
  void keep(const wire::RRset& validated, wire::Instant signed_until) override;
  void found(const wire::Name& zone, const dnssec::Verdict* before, const dnssec::Verdict& now) override;
  [[nodiscard]] std::vector<wire::RRset> referral_proof(const wire::Name& zone) const override;
  [[nodiscard]] bool knows_cut(const wire::Name& zone) const override;
  [[nodiscard]] std::unique_ptr<Turn> begin_turn(const wire::Name& zone) override;
  [[nodiscard]] Task<bool> wait_for_turn(wire::Name zone) override;

 private:
  template <class Token>
  class Taken;
  static Task<void> run_patient_probe(Lookups* lookups, ServerQuery query);
  static Task<bool> wait(Lookups* lookups, StepKey key, LookupPtr asker);

  Lookups& lookups_;
  LookupPtr asker_;
  SettingsPtr settings_;
};

// If several lookups take one step, the others wait for the first, unless its budget is too small to finish.
template <class Token>
class Lookups::Host::Taken final : public Token {
 public:
  Taken(Lookups& lookups, StepKey key, const LookupPtr& asker) : lookups_(lookups), key_(std::move(key)) {
    if (lookups.means_now(*asker) == Means::Scarce) return;
    auto mine = std::make_shared<StepUnderWay>(lookups.parts_.network, asker);
    if (lookups.steps_.try_emplace(key_, mine).second) mine_ = std::move(mine);
  }
  ~Taken() override {
    if (mine_ == nullptr) return;
    lookups_.steps_.erase(key_);
    mine_->done.fire();
  }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;

 private:
  Lookups& lookups_;
  StepKey key_;
  StepPtr mine_;
};

}  // namespace shirube::upstream
