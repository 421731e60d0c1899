#include "api/change.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/induction_tables.h"
#include "api/live_json.h"
#include "api/term_name.h"
#include "engine/error.h"
#include "explorer/beginning.h"
#include "report/json_options.h"
#include "report/report.h"

namespace api {

namespace {

using engine::fail;
using explorer::Explorer;
using explorer::TermKey;
using report::check_token;
using report::Json;
using report::read_bool;
using report::read_int;
using report::read_string;
using report::refuse_value;

int read_token(std::string_view key, const Json& value, const engine::Config& config) {
  const int id = read_int(key, value);
  check_token(key, id, config);
  return id;
}

std::vector<int> read_tokens(std::string_view key, const Json& value,
                             const engine::Config& config) {
  const std::vector<int> ids = report::read_ids(key, value);
  for (int id : ids) check_token(key, id, config);
  return ids;
}

template <class Value>
using Choice = std::optional<std::optional<Value>>;  // not named; null; a value

// A change that was read and found right, before any of it is applied.
struct Change {
  std::optional<std::string> text;
  std::optional<std::vector<int>> ids;
  Choice<int> position, target;
  std::optional<engine::Reading::Against> against;
  int against_token = 0;
  std::optional<std::vector<std::string>> cuts;
  std::optional<bool> frozen, cut_tool;
  Choice<TermKey> term, hover;
  std::optional<engine::HeadId> head;
  Choice<int> source, source_token;
  std::optional<engine::BigramCounts> bigram_counts;
  std::optional<engine::TrainingLog> training_log, companion_log;
  std::optional<engine::RepeatedOptions> repeats;
  std::optional<std::vector<int>> held_out;
  std::optional<std::string> importance;
  std::vector<LiveEvent> live;
  bool undo = false, redo = false, forget = false;
};

void read_against(Change& change, const Json& value, const engine::Config& config) {
  using Against = engine::Reading::Against;
  if (value.is_null()) {
    change.against = Against::none;
  } else if (value == "mean") {
    change.against = Against::mean;
  } else if (value.is_number()) {
    change.against_token = read_token("against", value, config);
    change.against = Against::token;
  } else {
    refuse_value("against", "null, \"mean\" or a token id", value);
  }
}

std::vector<std::string> read_cuts(const Json& value, const engine::Config& config) {
  if (!value.is_array()) refuse_value("cuts", "a list of cuts", value);
  std::vector<std::string> cuts;
  for (const Json& cut : value) cuts.push_back(read_string("cuts", cut));
  engine::Cuts::parse(cuts, config);
  return cuts;
}

engine::BigramCounts read_counts(const std::string& json, const engine::LoadedModel& loaded) {
  engine::BigramCounts counts = engine::BigramCounts::from_json(json);
  engine::require_fit(counts, loaded);
  return counts;
}

engine::TrainingLog read_companion_log(const Json& value, const Explorer& explorer) {
  if (!explorer.companion()) fail("companionLog: no model stands beside this one");
  return engine::read_training_log(read_string("companionLog", value),
                                   explorer.companion()->model.config);
}

std::string read_importance(const Json& value) {
  if (value != "text" && value != "held-out" && value != "stop")
    refuse_value("importance", "\"text\", \"held-out\" or \"stop\"", value);
  return value.get<std::string>();
}

// Null, or what `read` reads.
template <class Value, class Read>
Choice<Value> choice(const Json& value, const Read& read) {
  Choice<Value> chosen;
  chosen.emplace();
  if (!value.is_null()) *chosen = read();
  return chosen;
}

// One key of a change: its value, and whom it is for.
struct Asked {
  const char* key;
  const Json& value;
  const Explorer& explorer;

  const engine::LoadedModel& loaded() const { return explorer.loaded(); }
  const engine::Config& config() const { return loaded().model.config; }
  std::string string() const { return read_string(key, value); }
  bool flag() const { return read_bool(key, value); }
  Choice<int> place() const {
    return choice<int>(value, [&] { return read_int(key, value); });
  }
  Choice<int> token() const {
    return choice<int>(value, [&] { return read_token(key, value, config()); });
  }
  Choice<TermKey> term() const {
    return choice<TermKey>(value, [&] { return parse_term(string(), config()); });
  }
};

struct Key {
  const char* name;
  void (*read)(Change& change, const Asked& asked);
};

const Key keys[] = {
    {"text", [](Change& change, const Asked& asked) { change.text = asked.string(); }},
    {"ids",
     [](Change& change, const Asked& asked) {
       change.ids = read_tokens("ids", asked.value, asked.config());
     }},
    {"position", [](Change& change, const Asked& asked) { change.position = asked.place(); }},
    {"target", [](Change& change, const Asked& asked) { change.target = asked.token(); }},
    {"against",
     [](Change& change, const Asked& asked) { read_against(change, asked.value, asked.config()); }},
    {"cuts", [](Change& change,
                const Asked& asked) { change.cuts = read_cuts(asked.value, asked.config()); }},
    {"frozen", [](Change& change, const Asked& asked) { change.frozen = asked.flag(); }},
    {"cutTool", [](Change& change, const Asked& asked) { change.cut_tool = asked.flag(); }},
    {"term", [](Change& change, const Asked& asked) { change.term = asked.term(); }},
    {"hover", [](Change& change, const Asked& asked) { change.hover = asked.term(); }},
    {"head",
     [](Change& change, const Asked& asked) {
       change.head = engine::parse_head(asked.string(), asked.config());
     }},
    {"source", [](Change& change, const Asked& asked) { change.source = asked.place(); }},
    {"sourceToken",
     [](Change& change, const Asked& asked) { change.source_token = asked.token(); }},
    {"bigramCounts",
     [](Change& change, const Asked& asked) {
       change.bigram_counts = read_counts(asked.string(), asked.loaded());
     }},
    {"trainingLog",
     [](Change& change, const Asked& asked) {
       change.training_log = engine::read_training_log(asked.string(), asked.config());
     }},
    {"companionLog",
     [](Change& change, const Asked& asked) {
       change.companion_log = read_companion_log(asked.value, asked.explorer);
     }},
    {"heldOut",
     [](Change& change, const Asked& asked) {
       change.held_out = engine::read_text(asked.loaded(), asked.string());
     }},
    {"importance",
     [](Change& change, const Asked& asked) { change.importance = read_importance(asked.value); }},
    {"repeats",
     [](Change& change, const Asked& asked) {
       change.repeats = parse_repeats(asked.value, asked.config());
     }},
    {"live",
     [](Change& change, const Asked& asked) {
       change.live = read_live_events(asked.value, asked.explorer.live_training());
     }},
    {"undo", [](Change& change, const Asked& asked) { change.undo = asked.flag(); }},
    {"redo", [](Change& change, const Asked& asked) { change.redo = asked.flag(); }},
    {"forget", [](Change& change, const Asked& asked) { change.forget = asked.flag(); }},
};

void read_key(Change& change, const std::string& name, const Json& value,
              const Explorer& explorer) {
  for (const Key& key : keys)
    if (name == key.name) return key.read(change, {key.name, value, explorer});
  fail("nothing to set is called '", name, "'");
}

// How many tokens there are once the change is applied. Throws Error for an unreadable text.
int n_tokens_after(const Explorer& explorer, const Change& change) {
  std::size_t n = explorer.tokens().size();
  if (change.text) n = explorer::read_beginning(explorer.loaded(), *change.text).tokens.size();
  if (change.ids) n = change.ids->size();
  return int(std::min(n, std::size_t(explorer.config().n_ctx)));
}

// Can it be measured over what is asked for?
void check_importance(const Explorer& explorer, const Change& change) {
  if (!change.importance || *change.importance == "stop") return;
  const std::size_t n = *change.importance == "text"
                            ? std::size_t(n_tokens_after(explorer, change))
                            : change.held_out.value_or(explorer.held_out()).size();
  if (n < 2) fail("importance: expected a text of two tokens or more, found ", n);
}

Change read_change(const Explorer& explorer, const Json& json) {
  if (!json.is_object()) refuse_value("change", "an object", json);
  Change change;
  for (const auto& [key, value] : json.items()) read_key(change, key, value, explorer);
  if (change.text && change.ids) fail("text and ids: give one of the two");
  check_importance(explorer, change);
  for (const auto& [name, place] :
       {std::pair("position", &change.position), std::pair("source", &change.source)}) {
    if (!*place || !**place) continue;
    const int n = n_tokens_after(explorer, change), at = ***place;
    if (at < 0 || at >= n) fail(name, " ", at, ", expected 0 to ", n - 1);
  }
  return change;
}

}  // namespace

void set(Explorer& explorer, const Json& json) {
  Change change = read_change(explorer, json);
  if (change.text) explorer.set_text(*change.text);  // may throw: nothing is changed before it
  if (change.ids) explorer.set_ids(*change.ids);
  if (change.position) explorer.set_position(*change.position);
  if (change.target) explorer.set_target(*change.target);
  if (change.against) explorer.set_against(*change.against, change.against_token);
  if (change.undo) explorer.undo_cut();
  if (change.redo) explorer.redo_cut();
  if (change.cuts) explorer.set_cuts(*change.cuts);
  if (change.frozen) explorer.set_frozen(*change.frozen);
  if (change.forget) explorer.forget_cut_history();
  if (change.cut_tool) explorer.set_cut_tool(*change.cut_tool);
  // Pinning what is pinned would let it go.
  if (change.hover) explorer.hover_term(*change.hover);
  if (change.term && !(*change.term == explorer.pinned_term())) explorer.pin_term(*change.term);
  if (change.head) explorer.set_head(*change.head);
  if (change.held_out) explorer.set_held_out(std::move(*change.held_out));
  if (change.importance == "stop") explorer.stop_importance();
  if (change.importance && change.importance != "stop")
    explorer.ask_importance(change.importance == "held-out");
  if (change.repeats) explorer.set_repeats(*change.repeats);
  if (change.source) explorer.set_source(*change.source);
  if (change.source_token) explorer.set_source_token(*change.source_token);
  if (change.bigram_counts) explorer.set_bigram_counts(std::move(*change.bigram_counts));
  if (change.training_log) explorer.set_training_log(std::move(*change.training_log));
  if (change.companion_log) explorer.set_companion_log(std::move(*change.companion_log));
  for (LiveEvent& event : change.live) apply(std::move(event), explorer);
}

}  // namespace api
