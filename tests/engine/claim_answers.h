// The claims of a model, measured to the end.
#pragma once

#include <catch2/catch.hpp>

#include "engine/claims.h"

namespace engine {

inline std::vector<Claim> all_claims(const Model& model, ClaimSources sources = {}) {
  ClaimsMeter meter(model, std::move(sources));
  double progress = 0;
  while (!meter.done()) {
    meter.step();
    CHECK(meter.progress() >= progress - 1e-12);
    progress = meter.progress();
  }
  CHECK(progress == 1);
  return meter.result();
}

inline Claim find(const std::vector<Claim>& claims, const std::string& id) {
  for (const Claim& claim : claims)
    if (claim.text->id == id) return claim;
  FAIL("no claim " << id);
  return {};
}

// The first number of a claim, which has one.
inline double value(const Claim& claim, std::size_t index = 0) {
  INFO(claim.text->id << ": " << claim.reason);
  REQUIRE(claim.measured.size() > index);
  return claim.measured[index].value;
}

// The numbers of one work, whose heads are read first.
inline Subject subject_of(const Model& model) {
  HeadReadings readings(model, true);
  while (!readings.done()) readings.step();
  return {&model, readings.result(), readings.repeated()};
}

inline std::vector<Claim> claims_of(std::unique_ptr<ClaimWork> work) {
  while (!work->done()) work->step();
  CHECK(work->progress() == 1);
  const std::vector<Claim> claims = work->claims();
  CHECK(claims.size() == work->ids().size());
  return claims;
}

}  // namespace engine
