#include "cli/counts.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/files.h"
#include "engine/bigrams.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

// Files that may be counts, in the order in which they are tried.
std::vector<fs::path> candidates(const std::string& model) {
  std::error_code error;
  fs::path folder = fs::canonical(model, error);
  if (error) return {};
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  std::vector<fs::path> paths;
  if (fs::exists(folder / "bigrams.json", error)) paths.push_back(folder / "bigrams.json");
  const fs::path above = folder.parent_path();
  for (const fs::path& data : {above / "data", above.parent_path() / "data"}) {
    std::vector<fs::path> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(data, error)) {
      const std::string name = entry.path().filename().string(), ending = "-bigrams.json";
      if (name.size() > ending.size() &&
          name.compare(name.size() - ending.size(), ending.size(), ending) == 0)
        found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    paths.insert(paths.end(), found.begin(), found.end());
  }
  return paths;
}

// A file that nobody named is passed over where it is of another model.
bool belongs(const std::string& bytes, const engine::LoadedModel& loaded) {
  return !loaded.tokenizer_sha256.empty() && bytes.find(loaded.tokenizer_sha256) != bytes.npos &&
         engine::BigramCounts::from_json(bytes).tokenizer_sha256() == loaded.tokenizer_sha256;
}

}  // namespace

std::optional<std::string> read_counts(const engine::LoadedModel& loaded, const std::string& model,
                                       const std::optional<std::string>& given) {
  if (given) {
    std::string bytes = read_file(*given);
    engine::require_fit(engine::BigramCounts::from_json(bytes), loaded);
    return bytes;
  }
  for (const fs::path& path : candidates(model)) {
    std::string bytes = read_file(path.string());
    if (belongs(bytes, loaded)) return bytes;
  }
  return {};
}

}  // namespace cli
