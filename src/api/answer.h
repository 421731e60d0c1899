// The way from C++ to JavaScript for results and errors. A C++ exception would arrive there without
// its message and leave the module's stack where it was; so an answer is an object with the value
// or, where something was thrown, with the sentence: {value} or {error}.
#pragma once

#include <emscripten/val.h>

#include <exception>
#include <new>
#include <string>
#include <type_traits>

namespace api {

template <class Work>
emscripten::val answer(const Work& work) {
  emscripten::val object = emscripten::val::object();
  std::string error;
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
    } else {
      object.set("value", work());
    }
    return object;
  } catch (const std::bad_alloc&) {
    error = "The browser gave this page no more memory. A shorter text or a smaller model may fit.";
  } catch (const std::exception& exception) {
    error = exception.what();
  }
  object.set("error", error);
  return object;
}

}  // namespace api
