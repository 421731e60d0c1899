// Files that tests read, by their path from the repository's root.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

// The file's bytes; throws naming the file when it is not there. The root is the environment's
// PATHSCOPE_ROOT, or else the folder that the tests were built in.
inline std::string read_file(const std::string& path) {
  const char* root = std::getenv("PATHSCOPE_ROOT");
  const std::string whole = std::string(root ? root : PATHSCOPE_ROOT) + "/" + path;
  std::ifstream file(whole, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + whole);
  return std::string(std::istreambuf_iterator<char>(file), {});
}
