#include "explorer/works.h"

#include <iterator>

namespace explorer {

bool Works::goes_on(const std::string& name) const {
  const auto job = jobs_.find(name);
  return job != jobs_.end() && !job->second.stopped && !job->second.done();
}

bool Works::step(const std::string& name) {
  Job& job = jobs_.at(name);
  job.step();
  const int twentieths = int(20 * job.progress());
  return job.done() || std::exchange(job.twentieths, twentieths) != twentieths;
}

void Works::stop(const std::string& name) {
  const auto job = jobs_.find(name);
  if (job != jobs_.end()) job->second.stopped = true;
}

void Works::give_up(const std::string& start, const std::string& but) {
  for (auto job = jobs_.begin(); job != jobs_.end();) {
    const bool given_up =
        job->first.rfind(start, 0) == 0 && job->first != but && !job->second.done();
    job = given_up ? jobs_.erase(job) : std::next(job);
  }
}

}  // namespace explorer
