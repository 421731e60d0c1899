#include "explorer/works.h"

#include <iterator>

namespace explorer {

bool Works::goes_on(const std::string& name) const {
  const auto job = jobs_.find(name);
  return job != jobs_.end() && !job->second.stopped && !job->second.done();
}

void Works::step(const std::string& name) {
  jobs_.at(name).step();
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
