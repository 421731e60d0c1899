#include "report/train_config.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <set>

#include "engine/config.h"
#include "engine/error.h"
#include "engine/json.h"
#include "engine/unicode.h"
#include "engine/utf8.h"

namespace report {

namespace {

using train::TrainConfig;

// An object's keys, each read once; those that nobody asked for are refused at the end.
class Keys {
 public:
  Keys(const engine::Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_object())
      engine::fail(where_, " is ", engine::shown(json), ", expected an object");
  }

  const engine::Json* find(const std::string& key) {
    asked_.insert(key);
    const auto found = json_.find(key);
    return found == json_.end() ? nullptr : &*found;
  }

  void number(const std::string& key, double& value, double least, double most) {
    if (const engine::Json* json = find(key)) value = number_of(key, *json, least, most);
  }

  void integer(const std::string& key, int& value, int least) {
    if (const engine::Json* json = find(key)) value = integer_of(key, *json, least);
  }

  // [first, second], both of the same kind.
  void pair(const std::string& key, double& first, double& second, double least, double most) {
    const engine::Json* json = find(key);
    if (!json) return;
    check_pair(key, *json);
    first = number_of(key, (*json)[0], least, most);
    second = number_of(key, (*json)[1], least, most);
  }
  void pair(const std::string& key, int& first, int& second, int least) {
    const engine::Json* json = find(key);
    if (!json) return;
    check_pair(key, *json);
    first = integer_of(key, (*json)[0], least);
    second = integer_of(key, (*json)[1], least);
  }

  // One of some words; its number in the list.
  int word(const std::string& key, int value, const std::vector<std::string>& words) {
    const engine::Json* json = find(key);
    if (!json) return value;
    std::string expected;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (*json == words[i]) return int(i);
      expected += (i ? ", " : "") + words[i];
    }
    wrong(key, *json, "one of " + expected);
  }

  void refuse_others() const {
    for (const auto& [key, value] : json_.items())
      if (!asked_.count(key)) {
        std::string known;
        for (const std::string& name : asked_) known += (known.empty() ? "" : ", ") + name;
        engine::fail(where_, ": unknown key ", engine::quote(key), ", expected some of ", known);
      }
  }

  [[noreturn]] void wrong(const std::string& key, const engine::Json& found,
                          const std::string& expected) const {
    engine::fail(where_, ": ", key, " is ", engine::shown(found), ", expected ", expected);
  }
  [[noreturn]] void missing(const std::string& key, const std::string& expected) const {
    engine::fail(where_, " has no ", key, ", expected ", expected);
  }
  // Of several keys.
  template <class... Parts>
  [[noreturn]] void refuse(const Parts&... parts) const {
    engine::fail(where_, ": ", parts...);
  }

 private:
  double number_of(const std::string& key, const engine::Json& json, double least, double most) {
    if (!json.is_number() || !(json.get<double>() >= least && json.get<double>() <= most)) {
      std::ostringstream range;
      range << "a number from " << least << " to " << most;
      wrong(key, json, range.str());
    }
    return json.get<double>();
  }
  int integer_of(const std::string& key, const engine::Json& json, int least) {
    if (!json.is_number_integer() || json.get<double>() < least ||
        json.get<double>() > std::numeric_limits<int>::max())
      wrong(key, json, "a whole number from " + std::to_string(least));
    return json.get<int>();
  }
  void check_pair(const std::string& key, const engine::Json& json) {
    if (!json.is_array() || json.size() != 2) wrong(key, json, "a list of two numbers");
  }

  const engine::Json& json_;
  std::string where_;
  std::set<std::string> asked_;
};

train::Init read_init(const engine::Json& json, const std::string& where) {
  train::Init init;
  Keys keys(json, where);
  const double most = 100;
  keys.number("W_E", init.W_E, 0, most);
  keys.number("W_pos", init.W_pos, 0, most);
  init.sinusoids = keys.word("positions", 0, {"noise", "sinusoids"}) == 1;
  keys.pair("frequencies", init.highest_frequency, init.lowest_frequency, 1e-9, 4);
  if (init.lowest_frequency > init.highest_frequency)
    keys.refuse("frequencies are [", init.highest_frequency, ", ", init.lowest_frequency,
                "], expected the highest first");
  keys.number("W_QKV", init.W_QKV, 0, most);
  keys.number("W_O", init.W_O, 0, most);
  keys.number("W_U", init.W_U, 0, most);
  keys.number("turned", init.turned, 0, most);
  keys.refuse_others();
  return init;
}

void read_repeats(Keys& keys, TrainConfig& config) {
  const int n_ctx = config.model.n_ctx;
  keys.pair("repeat_share", config.repeat_from, config.repeat_to, 0, 1);
  keys.number("repeat_anneal", config.repeat_anneal, 0, 1);
  config.repeat_max = n_ctx / 2;
  config.repeat_min = std::min(6, config.repeat_max);
  keys.pair("repeat_length", config.repeat_min, config.repeat_max, 1);
  if (config.repeat_max > n_ctx / 2)
    keys.refuse("repeat_length ends at ", config.repeat_max,
                ", expected at most n_ctx / 2 = ", n_ctx / 2);
  if (config.repeat_min > config.repeat_max)
    keys.refuse("repeat_length is [", config.repeat_min, ", ", config.repeat_max,
                "], expected the shorter first");
  keys.number("repeat_subset_share", config.subset_share, 0, 1);
  keys.number("repeat_byte_share", config.byte_share, 0, 1);
  keys.number("repeat_letter_share", config.letter_share, 0, 1);
  const double shares = config.subset_share + config.byte_share + config.letter_share;
  if (shares > 1)
    keys.refuse("repeat_subset_share, repeat_byte_share and repeat_letter_share sum to ", shares,
                ", expected at most 1");
}

void read_optimizer(Keys& keys, TrainConfig& config) {
  keys.number("learning_rate", config.learning_rate, 0, 10);
  config.schedule =
      train::Schedule(keys.word("schedule", int(train::Schedule::cosine), {"cosine", "constant"}));
  keys.integer("warmup", config.warmup, 0);
  keys.pair("betas", config.beta1, config.beta2, 0, 0.999999);
  keys.number("eps", config.eps, 1e-12, 1);
  keys.number("weight_decay", config.weight_decay, 0, 10);
  keys.number("clip", config.clip, 0, 1e6);
}

}  // namespace

TrainConfig read_train_config(std::string_view text, std::string_view file) {
  const engine::Json json = engine::parse_json(text, file);
  Keys keys(json, std::string(file));
  TrainConfig config;
  const engine::Json* model = keys.find("model");
  if (!model) keys.missing("model", "an object, as config.json has it");
  config.model = engine::read_config(model->dump(), false, std::string(file) + ": model").config;
  if (config.model.normalization != engine::Normalization::none)
    engine::fail(file,
                 ": model: training is for models without LayerNorm, expected "
                 "normalization_type null");
  config.task =
      train::Task(keys.word("task", int(train::Task::corpus), {"corpus", "repeat", "text"}));
  if (const engine::Json* tokenizer = keys.find("tokenizer")) {
    if (!tokenizer->is_string()) keys.wrong("tokenizer", *tokenizer, "a path");
    config.tokenizer = tokenizer->get<std::string>();
  } else if (config.task == train::Task::corpus) {
    keys.missing("tokenizer", "the path of a tokenizer.json, which the task \"corpus\" needs");
  }
  keys.integer("batch", config.batch, 1);
  if (!json.contains("steps")) keys.missing("steps", "a whole number from 1");
  keys.integer("steps", config.steps, 1);
  read_optimizer(keys, config);
  read_repeats(keys, config);
  if (const engine::Json* init = keys.find("init"))
    config.init = read_init(*init, std::string(file) + ": init");
  keys.integer("report_every", config.report_every, 0);
  int seed = int(config.seed);
  keys.integer("seed", seed, 0);
  config.seed = std::uint64_t(seed);
  keys.refuse_others();
  return config;
}

bool wants_symbols(std::string_view text, std::string_view file) {
  const engine::Json json = engine::parse_json(text, file);
  return json.is_object() && json.value("task", engine::Json()) == "text" &&
         !json.contains("tokenizer") && json.contains("model") && json["model"].is_object() &&
         !json["model"].contains("symbols");
}

std::string with_symbols(std::string_view text, std::string_view learnt, std::string_view file) {
  assert(wants_symbols(text, file));
  engine::Json json = engine::parse_json(text, file);
  std::vector<std::string> symbols;
  std::set<std::string_view> known;
  const std::string well_formed = engine::well_formed(learnt);
  for (const std::string_view symbol : engine::graphemes(well_formed))
    if (known.insert(symbol).second) symbols.emplace_back(symbol);
  json["model"]["d_vocab"] = symbols.size();
  json["model"]["symbols"] = std::move(symbols);
  return json.dump();
}

Json train_report(const TrainReport& report) {
  const auto or_null = [](const std::optional<double>& value) {
    return value ? number(float(*value)) : Json();
  };
  Json heads = Json::array();
  for (const engine::HeadScores& scores : report.repeated.heads)
    heads.push_back({{"head", engine::name(scores.head)},
                     {"induction", number(float(scores.induction))},
                     {"previous_token", number(float(scores.previous_token))}});
  return {{"step", report.step},
          {"tokens", std::int64_t(report.tokens)},
          {"seconds", number(float(report.seconds))},
          {"loss", number(float(report.loss))},
          {"valid_loss", or_null(report.valid_loss)},
          {"in_context", or_null(report.in_context)},
          {"loss_first", number(float(report.repeated.loss_first))},
          {"loss_second", number(float(report.repeated.loss_second))},
          {"accuracy_second", number(float(report.repeated.accuracy_second))},
          {"heads", heads}};
}

}  // namespace report
