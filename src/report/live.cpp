#include "report/live.h"

#include "engine/error.h"
#include "engine/json.h"
#include "engine/model_file.h"
#include "report/train_config.h"

namespace report {

namespace {

const char* const config_key = "training.json";
const char* const text_key = "training.text";

engine::Tokenizer tokenizer_of(const engine::Config& config) {
  return config.symbols.empty() ? engine::Tokenizer::of_ids(config.d_vocab)
                                : engine::Tokenizer::from_symbols(config.symbols);
}

std::string of_file(const engine::Safetensors& file, const char* key) {
  const auto found = file.metadata.find(key);
  return found == file.metadata.end() ? "" : found->second;
}

}  // namespace

Live start_live(std::string_view config_text, std::string_view text) {
  const bool wants = !text.empty() && wants_symbols(config_text);
  const std::string whole = wants ? with_symbols(config_text, text) : std::string(config_text);
  const train::TrainConfig config = read_train_config(whole);
  if (config.task == train::Task::corpus || !config.tokenizer.empty())
    engine::fail("a live run has the task \"repeat\" or \"text\" and no tokenizer");
  const bool reads = config.task == train::Task::text;
  if (reads && config.model.symbols.empty())
    engine::fail("the task \"text\" needs a text, or a model with symbols");
  std::vector<int> corpus;
  if (reads) corpus = tokenizer_of(config.model).encode(text);
  return {whole, std::string(reads ? text : ""), train::LiveRun(config, std::move(corpus))};
}

Live restore_live(std::string_view bytes) {
  const engine::Safetensors file = engine::read_safetensors(bytes);
  const std::string config = of_file(file, config_key);
  if (config.empty())
    engine::fail("this file holds no training run to go on with, only a model or nothing of ours; ",
                 "expected one that was saved from a live run");
  Live live = start_live(config, of_file(file, text_key));
  live.run.restore(bytes);
  return live;
}

std::string save_live(const Live& live) {
  std::map<std::string, std::string> metadata = {{config_key, live.config}};
  if (!live.text.empty()) metadata[text_key] = live.text;
  return live.run.save(std::move(metadata));
}

Json live_report(const Live& live, const train::LiveReport& report, double seconds) {
  const engine::Config& config = live.run.trainer().config().model;
  TrainReport line;
  line.step = report.step;
  line.tokens = report.tokens;
  line.seconds = seconds;
  line.loss = report.loss;
  line.repeated = report.repeated;
  Json json = train_report(line);
  json["cuts"] = Json::array();
  for (const engine::HeadId head : report.cuts) json["cuts"].push_back(engine::name(head));
  const engine::Tokenizer tokenizer = tokenizer_of(config);
  Json sequence = Json::array();
  for (std::size_t i = 0; i < report.sequence.size(); ++i)
    sequence.push_back({{"id", report.sequence[i]},
                        {"text", tokenizer.bytes(report.sequence[i])},
                        {"loss", i ? number(float(report.sequence_losses[i - 1])) : Json()}});
  json["sequence"] = std::move(sequence);
  Json patterns = Json::array();
  const std::vector<engine::HeadId> heads = engine::all_heads(config);
  for (std::size_t h = 0; h < heads.size(); ++h) {
    Json rows = Json::array();
    for (Eigen::Index i = 0; i < report.patterns[h].rows(); ++i)
      rows.push_back(numbers(report.patterns[h].row(i)));
    patterns.push_back({{"head", engine::name(heads[h])}, {"pattern", std::move(rows)}});
  }
  json["patterns"] = std::move(patterns);
  return json;
}

}  // namespace report
