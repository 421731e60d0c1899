#include "explorer/cut_history.h"

#include <algorithm>
#include <utility>

namespace explorer {

bool CutHistory::has(const std::string& cut) const {
  return std::find(now_.cuts.begin(), now_.cuts.end(), cut) != now_.cuts.end();
}

void CutHistory::change(std::vector<std::string> cuts, bool frozen) {
  before_.push_back(std::exchange(now_, {std::move(cuts), frozen}));
  after_.clear();
}

bool CutHistory::move(std::vector<State>& from, std::vector<State>& to) {
  if (from.empty()) return false;
  to.push_back(std::exchange(now_, std::move(from.back())));
  from.pop_back();
  return true;
}

void CutHistory::forget() {
  before_.clear();
  after_.clear();
}

}  // namespace explorer
