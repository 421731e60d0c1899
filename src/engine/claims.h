// The paper's claims, each measured: claim.h lists them, and the files that are named for their
// subject measure them. Here they are put together, in steps, so that a page stays responsive.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/claim_sources.h"

namespace engine {

// A step takes some ten milliseconds on the models that ship, the longest some hundred. Models
// must outlive it. Why something cannot be measured is told in its claim.
class ClaimsMeter {
 public:
  // Throws Error where a model of the set has other layers than its name says, or another
  // vocabulary, and for tokens of the text that are not in it.
  ClaimsMeter(const Model& model, ClaimSources sources);
  ~ClaimsMeter();
  ClaimsMeter(const ClaimsMeter&) = delete;  // the works refer to it
  ClaimsMeter& operator=(const ClaimsMeter&) = delete;

  bool done() const;
  double progress() const;  // 0 to 1
  void step();              // not after the last (asserted)
  // All claims, in the order of claim_texts(); once it is done (asserted).
  std::vector<Claim> result() const;

 private:
  void begin_works();
  void step_work(ClaimWork& work);

  const ClaimSources sources_;
  ClaimSubjects subjects_;
  std::vector<Subject*> reading_;                  // whose heads are read, before all works
  std::unique_ptr<HeadReadings> heads_;            // of the first of those
  std::size_t read_ = 0;                           // of `reading_`, finished ones
  std::vector<std::unique_ptr<ClaimWork>> works_;  // made once all heads are read
  std::size_t worked_ = 0;                         // of them, finished ones
  std::vector<Claim> claims_;
};

}  // namespace engine
