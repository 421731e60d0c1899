#include <cassert>
#include <cmath>

#include "engine/error.h"
#include "report/bigrams.h"
#include "report/circuits.h"
#include "report/claims.h"
#include "report/expansions.h"
#include "report/induction.h"
#include "report/json_options.h"
#include "report/request.h"
#include "report/skip_trigrams.h"

namespace report {

namespace {

using engine::fail;
using engine::LoadedModel;
using engine::Run;

engine::Path path_of(const std::string& text, const engine::Config& config) {
  try {
    return engine::parse_path(text, config);
  } catch (const engine::Error& error) {
    fail("path '", text, "': ", error.what());
  }
}

int position_of(const Run& run, const Request& request) {
  if (run.n() == 0) fail("the text is empty: there is no position whose logit could be expanded");
  const int position = request.position.value_or(run.n() - 1);
  if (position < 0 || position >= run.n())
    fail("position ", position, ", expected 0 to ", run.n() - 1, " in this text");
  return position;
}

// The token with exactly this text.
int find_token(const LoadedModel& loaded, const char* which, const std::string& text) {
  const std::optional<int> id = loaded.tokenizer.find(text);
  if (!id || *id >= loaded.model.config.d_vocab)
    fail(which, ": '", text,
         "' is no token of this model; a leading blank belongs to the token, and `tokens` shows "
         "how a text is split");
  return *id;
}

int target_of(const LoadedModel& loaded, const Run& run, int position, const Request& request) {
  if (request.target && request.target_token) fail("target and target-token: give one of the two");
  if (request.target) {
    check_token("target", *request.target, loaded.model.config);
    return *request.target;
  }
  if (!request.target_token)
    return engine::top_token(engine::logits_at(loaded.model, run, position));
  return find_token(loaded, "target-token", *request.target_token);
}

engine::Reading reading_of(const LoadedModel& loaded, const Run& run, int position,
                           const Request& request) {
  engine::Reading reading;
  reading.target = target_of(loaded, run, position, request);
  if (!request.against) return reading;
  if (*request.against == "mean") {
    reading.against = engine::Reading::Against::mean;
    return reading;
  }
  const std::optional<int> id = parse_number(*request.against);
  if (!id) fail("against: expected a token id or mean, found '", *request.against, "'");
  check_token("against", *id, loaded.model.config);
  reading.against = engine::Reading::Against::token;
  reading.against_token = *id;
  return reading;
}

Json tokens_answer(const LoadedModel& loaded, const Request& request) {
  return tokens(loaded, tokens_of(loaded, request));
}

Json logits_answer(const LoadedModel& loaded, const Request& request) {
  const int top = top_of(request);
  return logits(loaded, run_of(loaded, request), {top, request.full});
}

Json paths_answer(const LoadedModel& loaded, const Request& request) {
  top_of(request);  // refuses what is no count
  const Run run = stream_of(loaded, request);
  return paths(loaded, expansion_of(loaded, run, request), {request.sources, request.top});
}

Json attention_answer(const LoadedModel& loaded, const Request& request) {
  const Run run = stream_of(loaded, request);
  std::optional<engine::HeadId> head;
  if (request.head) head = engine::parse_head(*request.head, loaded.model.config);
  return attention(loaded, run, head);
}

Json info_answer(const LoadedModel& loaded, const Request&) {
  return info(loaded);
}

Json composition_answer(const LoadedModel& loaded, const Request&) {
  return report::composition(loaded.model);
}

Json heads_answer(const LoadedModel& loaded, const Request&) {
  return heads(loaded.model);
}

Json importance_answer(const LoadedModel& loaded, const Request& request) {
  engine::TermImportanceMeter meter = importance_meter(loaded, request);
  while (!meter.done()) meter.step();
  return importance(meter.result(), int(tokens_of(loaded, request).size()));
}

Json scores_answer(const LoadedModel& loaded, const Request& request) {
  return scores(score_of(loaded, request));
}

Json expansion_answer(const LoadedModel& loaded, const Request& request) {
  const Run run = stream_of(loaded, request);
  return expansion(loaded, run, term_tensors_of(loaded, run, request));
}

Json bigrams_answer(const LoadedModel& loaded, const Request& request) {
  const int top = top_of(request);
  if (request.id.has_value() == request.token.has_value())
    fail(request.id ? "id and token: give one of the two" : "no token: give id or token");
  if (request.id) check_token("id", *request.id, loaded.model.config);
  const int id = request.id ? *request.id : find_token(loaded, "token", *request.token);
  if (!request.counts) return bigrams(loaded, id, nullptr, {top, request.pairs, {}});
  const auto counts = engine::BigramCounts::from_json(*request.counts);
  engine::require_fit(counts, loaded);
  return bigrams(loaded, id, &counts, {top, request.pairs, {}});
}

Json skip_trigrams_answer(const LoadedModel& loaded, const Request& request) {
  const int top = top_of(request);
  if (!request.head) fail("no head: give head, such as L0H3");
  const engine::HeadId head = engine::parse_head(*request.head, loaded.model.config);
  if (request.source && request.source_token) fail("source and source-token: give one of the two");
  if (request.source) check_token("source", *request.source, loaded.model.config);
  if (request.source) return skip_trigrams_of(loaded, head, *request.source, top);
  if (!request.source_token) return skip_trigrams(loaded, head, top);
  return skip_trigrams_of(loaded, head, find_token(loaded, "source-token", *request.source_token),
                          top);
}

// The text's run beside one in which the induction heads are cut too. Which heads those are is
// read off the model without cuts, so that it can be seen what a cut does to them.
Json induction_in_text(const LoadedModel& loaded, const Request& request) {
  if (request.length || request.sequences || request.seed)
    fail("length, sequences and seed are of random tokens: give them without a text");
  const Run run = stream_of(loaded, request);
  std::vector<engine::HeadId> heads;
  if (engine::can_repeat(loaded.model.config))
    heads = engine::induction_heads(engine::repeated_scores(loaded.model));
  Request without = request;
  for (engine::HeadId head : heads) without.cuts.push_back(engine::name(head));
  const Run other = heads.empty() ? run : stream_of(loaded, without);
  return induction_on_text(loaded, run, engine::induction(loaded.model, run, other, heads), heads);
}

Json induction_answer(const LoadedModel& loaded, const Request& request) {
  if (request.text || request.ids) return induction_in_text(loaded, request);
  engine::RepeatedOptions options;
  options.frozen = request.frozen;
  if (request.length && *request.length < 2)
    fail("length: expected 2 or more, found ", *request.length);
  options.length = request.length.value_or(options.length);
  options.sequences = request.sequences.value_or(options.sequences);
  if (request.seed && *request.seed < 0) fail("seed: expected 0 or more, found ", *request.seed);
  if (request.seed) options.seed = std::uint64_t(*request.seed);
  const engine::Cuts cuts = engine::Cuts::parse(request.cuts, loaded.model.config);
  return induction_on_repeats(engine::repeated_scores(loaded.model, options, cuts), options);
}

Json claims_answer(const LoadedModel& loaded, const Request& request) {
  const ClaimsMeasurement measurement = measure_claims(loaded, request);
  while (!measurement.meter->done()) measurement.meter->step();
  return claims(measurement.meter->result());
}

struct Answer {
  std::string_view command;
  Json (*answer)(const LoadedModel& loaded, const Request& request);
};

const Answer answers[] = {
    {"info", info_answer},
    {"tokens", tokens_answer},
    {"logits", logits_answer},
    {"paths", paths_answer},
    {"attention", attention_answer},
    {"loss", loss_of},
    {"composition", composition_answer},
    {"heads", heads_answer},
    {"importance", importance_answer},
    {"scores", scores_answer},
    {"expansion", expansion_answer},
    {"bigrams", bigrams_answer},
    {"skip-trigrams", skip_trigrams_answer},
    {"induction", induction_answer},
    {"claims", claims_answer},
};

}  // namespace

int top_of(const Request& request) {
  const int top = request.top.value_or(LogitsOptions().top);
  if (top < 1) fail("top: expected at least 1, found ", top);
  return top;
}

std::vector<int> tokens_of(const LoadedModel& loaded, const Request& request) {
  if (request.text && request.ids) fail("a text and ids: give one of the two");
  if (request.text) return engine::read_text(loaded, *request.text);
  if (!request.ids) fail("no text: give a text, a text file or token ids");
  for (int id : *request.ids) check_token("ids", id, loaded.model.config);
  return *request.ids;
}

Run stream_of(const LoadedModel& loaded, const Request& request) {
  const std::vector<int> tokens = tokens_of(loaded, request);
  const engine::Cuts cuts = engine::Cuts::parse(request.cuts, loaded.model.config);
  return engine::cut_stream(loaded.model, tokens, cuts, request.frozen);
}

Run run_of(const LoadedModel& loaded, const Request& request) {
  Run run = stream_of(loaded, request);
  run.logits = engine::logits_of(loaded.model, run, 0, run.n());
  return run;
}

engine::Expansion expansion_of(const LoadedModel& loaded, const Run& run, const Request& request) {
  const int position = position_of(run, request);
  return engine::expand(loaded.model, run, position, reading_of(loaded, run, position, request));
}

Json loss_of(const LoadedModel& loaded, const Request& request) {
  const std::vector<int> tokens = tokens_of(loaded, request);
  const engine::Cuts cuts = engine::Cuts::parse(request.cuts, loaded.model.config);
  return loss(engine::held_out_loss(loaded.model, tokens, 0, cuts), int(tokens.size()));
}

engine::ScoreExpansion score_of(const LoadedModel& loaded, const Request& request) {
  if (!request.head || !request.destination || !request.source)
    fail("a score is of a head, a destination and a source: give ",
         !request.head          ? "head, such as L1H4"
         : !request.destination ? "destination"
                                : "source");
  const engine::HeadId head = engine::parse_head(*request.head, loaded.model.config);
  Request asked = request;
  if (asked.frozen) {  // scores are those of the run without cuts
    engine::Cuts::parse(asked.cuts, loaded.model.config);
    asked.cuts.clear();
  }
  return engine::expand_score(loaded.model, stream_of(loaded, asked), head, *request.destination,
                              *request.source);
}

std::vector<engine::TermTensor> term_tensors_of(const LoadedModel& loaded, const Run& run,
                                                const Request& request) {
  const double max_numbers = 4e6;  // some 40 MB of JSON
  const engine::Config& config = loaded.model.config;
  const std::vector<int> distinct = engine::distinct_tokens(run.tokens);
  const std::vector<engine::Path> paths =
      request.path ? std::vector<engine::Path>{path_of(*request.path, config)}
                   : engine::all_paths(config);
  const double n = run.n(), d = double(distinct.size());
  const double numbers = double(paths.size()) * (n * n + d * d);
  if (numbers > max_numbers)
    fail("the expansion of ", run.n(), " tokens into ", paths.size(), " terms has ",
         std::llround(numbers), " numbers, expected at most ", std::llround(max_numbers),
         ": give a shorter text, or one path");
  std::vector<engine::TermTensor> terms;
  for (const engine::Path& path : paths)
    terms.push_back(engine::term_tensor(loaded.model, run, distinct, path));
  return terms;
}

engine::TermImportanceMeter importance_meter(const LoadedModel& loaded, const Request& request) {
  const engine::Cuts cuts = engine::Cuts::parse(request.cuts, loaded.model.config);
  return {loaded.model, tokens_of(loaded, request), cuts, request.frozen};
}

Json analyse(const LoadedModel& loaded, std::string_view command, const Request& request) {
  for (const Answer& each : answers)
    if (each.command == command) return each.answer(loaded, request);
  parse_request(command, nullptr);  // refuses a command that there is not
  assert(false);
  return {};
}

}  // namespace report
