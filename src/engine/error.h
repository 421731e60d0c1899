// The one error type of the engine: what was wrong, what was expected, what was found.
// Thrown at the door (files, texts, options); inside, preconditions are asserts.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace engine {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws Error with its parts written one after the other: fail("d_model is ", n, " not ", m).
template <class... Parts>
[[noreturn]] void fail(const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  throw Error(message.str());
}

}  // namespace engine
