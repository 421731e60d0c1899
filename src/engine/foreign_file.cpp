#include "engine/foreign_file.h"

#include "engine/error.h"

namespace engine {

namespace {

using namespace std::string_view_literals;

const char* const to_safetensors =
    "; convert it where PyTorch is: safetensors.torch.save_file(torch.load(\"model.pt\", "
    "map_location=\"cpu\"), \"model.safetensors\")";

struct Kind {
  std::string_view start;  // the first bytes
  const char* what;
  const char* remedy;
};

const Kind kinds[] = {
    {"version https://git-lfs"sv, "a Git LFS pointer, not the file itself",
     "; fetch the file with `git lfs pull`, or from the host's own download link"},
    {"PK\3\4"sv, "a ZIP archive, as torch.save writes (.pt, .pth, .bin)", to_safetensors},
    {"\x80\2"sv, "a Python pickle", to_safetensors},
    {"\x80\3"sv, "a Python pickle", to_safetensors},
    {"\x80\4"sv, "a Python pickle", to_safetensors},
    {"\x80\5"sv, "a Python pickle", to_safetensors},
    {"GGUF"sv, "a GGUF file of llama.cpp",
     "; take the model that it was made from, saved as safetensors"},
    {"\x89HDF"sv, "an HDF5 file", "; save the tensors as safetensors"},
    {"\x93NUMPY"sv, "a NumPy array", "; save the tensors with safetensors.numpy.save_file"},
    {"\0\5\x16\7"sv, "the `._` file that macOS writes beside a file, not the file itself",
     "; take the file whose name does not start with `._`"},
    {"\x1f\x8b"sv, "a gzip archive", "; unpack it first"},
    {"\x28\xb5\x2f\xfd"sv, "a zstd archive", "; unpack it first"},
    {"\xff\xfe"sv, "a text in UTF-16", "; save it as UTF-8"},
    {"\xfe\xff"sv, "a text in UTF-16", "; save it as UTF-8"},
};

bool starts_with(std::string_view bytes, std::string_view start) {
  return bytes.substr(0, start.size()) == start;
}

}  // namespace

void refuse_foreign(std::string_view bytes, std::string_view file) {
  for (const Kind& kind : kinds)
    if (starts_with(bytes, kind.start)) fail(file, " is ", kind.what, kind.remedy);
  if (starts_with(bytes, "\xef\xbb\xbf")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != bytes.npos && bytes[first] == '<')
    fail(file, " is a web page (HTML or XML), not the file itself",
         "; download the file itself: a host that finds nothing often answers with a page");
}

}  // namespace engine
