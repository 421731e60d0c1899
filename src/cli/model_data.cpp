#include "cli/model_data.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/files.h"
#include "engine/bigrams.h"
#include "engine/error.h"

namespace cli {

namespace {

namespace fs = std::filesystem;

const std::string counts_ending = "-bigrams.json";
const char* const set_names[] = {"zero-layer", "one-layer", "two-layer"};

// With something before it.
bool ends_in(const std::string& name, const std::string& ending) {
  return name.size() > ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

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
      if (ends_in(entry.path().filename().string(), counts_ending)) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    paths.insert(paths.end(), found.begin(), found.end());
  }
  return paths;
}

engine::BigramCounts counts_in(const FoundFile& file) {
  return read_of(file.path, [&] { return engine::BigramCounts::from_json(file.bytes); });
}

// A file that nobody named is passed over where it is of another model.
bool belongs(const FoundFile& file, const engine::LoadedModel& loaded) {
  const std::string& tokenizer = loaded.tokenizer_sha256;
  return !tokenizer.empty() && file.bytes.find(tokenizer) != file.bytes.npos &&
         counts_in(file).tokenizer_sha256() == tokenizer;
}

}  // namespace

std::optional<FoundFile> find_counts(const engine::LoadedModel& loaded, const std::string& model,
                                     const std::optional<std::string>& given) {
  if (given) {
    FoundFile file{*given, read_file(*given)};
    const engine::BigramCounts counts = counts_in(file);
    read_of(file.path, [&] { engine::require_fit(counts, loaded); });
    return file;
  }
  for (const fs::path& path : candidates(model)) {
    FoundFile file{path.string(), read_file(path.string())};
    if (belongs(file, loaded)) return file;
  }
  return {};
}

std::optional<std::string> read_text_beside(const std::string& counts_path) {
  const fs::path path = counts_path;
  const std::string name = path.filename().string();
  if (!ends_in(name, counts_ending)) return {};
  const fs::path text =
      path.parent_path() / (name.substr(0, name.size() - counts_ending.size()) + ".txt");
  std::error_code error;
  if (!fs::exists(text, error)) return {};
  return read_text(text.string());
}

std::optional<std::string> read_log(const std::string& model) {
  std::error_code error;
  const fs::path log = fs::path(model) / "log.jsonl";
  if (!fs::exists(log, error)) return {};
  return read_file(log.string());
}

std::vector<std::shared_ptr<const engine::LoadedModel>> load_set(
    const engine::LoadedModel& loaded, const std::string& model,
    const std::optional<std::string>& given) {
  std::error_code error;
  const fs::path folder = given ? fs::path(*given) : fs::canonical(model, error).parent_path();
  std::vector<std::shared_ptr<const engine::LoadedModel>> set;
  for (int n_layers = 0; n_layers < 3; ++n_layers) {
    const fs::path path = folder / set_names[n_layers];
    if (!fs::exists(path / "model.safetensors", error)) continue;
    auto other = std::make_shared<const engine::LoadedModel>(load_model(path.string()));
    const int found = other->model.config.n_layers;
    const bool fits_model = found == n_layers &&
                            other->tokenizer_sha256 == loaded.tokenizer_sha256 &&
                            other->model.config.d_vocab == loaded.model.config.d_vocab;
    if (!given && !fits_model) continue;
    if (found != n_layers)
      engine::fail(path.string(), " has ", found, " layers, expected ", n_layers);
    set.push_back(std::move(other));
  }
  if (given && set.empty())
    engine::fail("no models in ", folder.string(),
                 ": expected folders zero-layer, one-layer, two-layer");
  return set;
}

}  // namespace cli
