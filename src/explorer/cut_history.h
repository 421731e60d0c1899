// CutHistory: the edges that are cut (in the words of engine/cuts.h), whether patterns stay frozen
// as they were, and the way back: every change can be undone, one by one, and done again.
#pragma once

#include <string>
#include <vector>

namespace explorer {

class CutHistory {
 public:
  const std::vector<std::string>& cuts() const { return now_.cuts; }
  bool frozen() const { return now_.frozen; }
  bool has(const std::string& cut) const;

  // What was undone before is then not done again.
  void change(std::vector<std::string> cuts, bool frozen);
  bool can_undo() const { return !before_.empty(); }
  bool can_redo() const { return !after_.empty(); }
  // Whether there was anything to go back, or on, to.
  bool undo() { return move(before_, after_); }
  bool redo() { return move(after_, before_); }
  void forget();  // keeps the cuts, not the way to them

 private:
  struct State {
    std::vector<std::string> cuts;
    bool frozen = false;
  };
  bool move(std::vector<State>& from, std::vector<State>& to);

  State now_;
  std::vector<State> before_, after_;
};

}  // namespace explorer
