#include "cli/files.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include "cli/encoding.h"
#include "engine/error.h"

namespace cli {

namespace {

namespace fs = std::filesystem;
using engine::fail;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string read_all(std::FILE* file, const std::string& name) {
  std::string bytes;
  std::vector<char> block(1 << 16);
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), file))
    bytes.append(block.data(), count);
  if (std::ferror(file)) fail("cannot read ", name, ": ", std::strerror(errno));
  return bytes;
}

// A file's bytes where they lie, which may be more than should be in memory; of what has no length,
// such as a pipe, a copy.
engine::Bytes open_weights(const fs::path& path) {
  std::error_code error;
  const std::string name = path.string();
  if (!fs::is_regular_file(path, error)) {
    const auto copy = std::make_shared<const std::string>(read_file(name));
    if (copy->empty()) fail(name, " is empty");
    return {copy->size(), [copy](std::uint64_t offset, std::size_t count, char* out) {
              std::memcpy(out, copy->data() + offset, count);
            }};
  }
  const std::shared_ptr<std::FILE> file(std::fopen(name.c_str(), "rb"), [](std::FILE* opened) {
    if (opened) std::fclose(opened);
  });
  if (!file) fail("cannot read ", name, ": ", std::strerror(errno));
  const auto read = [file, name](std::uint64_t offset, std::size_t count, char* out) {
    const ssize_t got = pread(fileno(file.get()), out, count, off_t(offset));
    if (got < 0) fail("cannot read ", name, ": ", std::strerror(errno));
    if (std::size_t(got) < count) fail(name, " became shorter while it was read");
  };
  const std::uint64_t size = fs::file_size(path, error);
  if (error) fail("cannot read ", name, ": ", error.message());
  if (size == 0) fail(name, " is empty");
  return {size, read};
}

// A file of a model folder; empty where there is none. One that is there but empty is refused here,
// since to the engine no bytes mean no file.
std::string read_part(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return {};
  std::string bytes = read_file(path.string());
  if (bytes.empty()) fail(path.string(), " is empty");
  return bytes;
}

[[noreturn]] void no_weights(const fs::path& folder) {
  std::string found;
  std::error_code error;
  int count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (++count <= 8) found += (count > 1 ? ", " : "") + entry.path().filename().string();
  fail(folder.string(), " has no model.safetensors; expected a folder with config.json, ",
       "model.safetensors and tokenizer.json, or one .safetensors; found ",
       count ? found + (count > 8 ? ", ..." : "") : "no file");
}

// A .safetensors with everything in it. One without a config is often part of a folder.
engine::LoadedModel load_one_file(const fs::path& path) {
  const engine::Bytes weights = open_weights(path);
  try {
    const std::string name = path.string();
    return engine::load_model({{}, weights, {}, {}, name});
  } catch (const engine::Error& error) {
    std::error_code ignored;
    if (!fs::exists(path.parent_path() / "config.json", ignored)) throw;
    fail(error.what(), " (a file alone must hold its config; --model ",
         path.has_parent_path() ? path.parent_path().string() : ".",
         " reads the config.json beside it)");
  }
}

// What a link leads to, for it is that which is written; any other path as it is.
std::string link_target(const std::string& path) {
  std::error_code error;
  if (!fs::is_symlink(fs::symlink_status(path, error))) return path;
  const fs::path target = fs::canonical(path, error);
  if (error) fail("cannot write ", path, ": it is a link to nothing");
  return target.string();
}

// 0, or errno where the bytes could not be written.
int write_bytes(const std::string& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return errno;
  int error = 0;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) error = errno;
  if (std::fclose(file) != 0 && error == 0) error = errno;
  return error;
}

}  // namespace

std::string read_file(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) fail("cannot read ", path, ": ", std::strerror(errno));
  return read_all(file.get(), path);
}

engine::LoadedModel load_model(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status))
    fail("no model at ", path, ": expected a model folder or one .safetensors");
  if (!fs::is_directory(status)) return load_one_file(path);
  const fs::path folder = path;
  if (!fs::exists(folder / "model.safetensors", error)) no_weights(folder);
  const std::string config = read_part(folder / "config.json");
  const engine::Bytes weights = open_weights(folder / "model.safetensors");
  const std::string tokenizer = read_part(folder / "tokenizer.json");
  const std::string tokenizer_config = read_part(folder / "tokenizer_config.json");
  return engine::load_model({config, weights, tokenizer, tokenizer_config});
}

std::string read_text(const std::string& path) {
  if (path == "-") return decode_text(read_all(stdin, "standard input"), "standard input");
  return decode_text(read_file(path), path);
}

void write_file(const std::string& path, std::string_view bytes) {
  const std::string target = link_target(path);
  std::error_code none;
  const fs::file_status status = fs::status(target, none);
  // What is no file, such as a pipe or /dev/stdout, is written into: a rename would replace it.
  const bool replaces = !fs::exists(status) || fs::is_regular_file(status);
  const std::string place = replaces ? target + ".part" + std::to_string(getpid()) : target;
  int error = write_bytes(place, bytes);
  if (replaces && error == 0 && std::rename(place.c_str(), target.c_str()) != 0) error = errno;
  if (error == 0) return;
  if (replaces) std::remove(place.c_str());
  fail("cannot write ", path, ": ", std::strerror(error));
}

}  // namespace cli
