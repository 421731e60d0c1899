// Works: long work in steps, kept under names. A `Work` has done(), progress() and step(). Each is
// made when it is first asked for, and kept until it is asked for with another key (work on the
// weights alone has none).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace explorer {

class Works {
 public:
  template <class Work, class Make>
  const Work& get(const std::string& name, const Make& make, const std::string& key) {
    Job& job = jobs_[name];
    if (!job.work || job.key != key) {
      const auto work = std::make_shared<Work>(make());
      job = {key, work, [work] { return work->done(); }, [work] { return work->progress(); },
             [work] { work->step(); }};
    }
    if (!job.done()) asked_ = name;
    return *static_cast<const Work*>(job.work.get());
  }
  // If it was begun, with this key; else null.
  template <class Work>
  const Work* find(const std::string& name, const std::string& key) const {
    const auto job = jobs_.find(name);
    if (job == jobs_.end() || job->second.key != key) return nullptr;
    return static_cast<const Work*>(job->second.work.get());
  }

  // What was asked for since the last call and is not done; empty where there is none.
  std::string take_asked() { return std::exchange(asked_, {}); }
  // Is there more to do? Not where it was given up or stopped, or another figure finished it.
  bool goes_on(const std::string& name) const;
  // Of one that goes on. Is it another twentieth further, or done? Fewer news would leave who shows
  // it behind, more would have all figures drawn anew for every step.
  bool step(const std::string& name);
  void stop(const std::string& name);  // it goes no further, and what it has stays
  void forget(const std::string& name) { jobs_.erase(name); }
  // Gives up what was begun under a name that starts so and is not done, but for this one.
  void give_up(const std::string& start, const std::string& but);

 private:
  struct Job {
    std::string key;
    std::shared_ptr<void> work;
    std::function<bool()> done;
    std::function<double()> progress;
    std::function<void()> step;
    bool stopped = false;
    int twentieths = 0;  // of the progress, as it was told
  };

  std::map<std::string, Job> jobs_;
  std::string asked_;
};

}  // namespace explorer
