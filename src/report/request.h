// Request: what is asked of a model, in the command line's words. The command line fills one from
// its arguments, the page from an object of options; both are answered by the same functions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/score_expansion.h"
#include "engine/term_importance.h"
#include "engine/term_tensor.h"
#include "report/report.h"

namespace report {

struct Request {
  std::optional<std::string> text;          // a text, any bytes
  std::optional<std::vector<int>> ids;      // or its tokens
  std::optional<int> position;              // the last, unless given
  std::optional<int> target;                // the model's top token, unless given
  std::optional<std::string> target_token;  // the same by its text
  std::optional<std::string> against;       // "mean" or a token's id
  std::optional<std::string> head;          // "L1H4"
  std::optional<int> destination, source;   // scores: positions; skip-trigrams: a source token
  std::optional<std::string> path;          // expansion: "direct", "L0H3-L1H5"
  std::optional<int> top;
  std::optional<int> id;              // bigrams: the token
  std::optional<std::string> token;   // the same by its text
  std::optional<std::string> counts;  // bytes of a file of counted bigrams
  std::optional<std::string> log;     // claims: bytes of the log of the model's training
  std::vector<std::shared_ptr<const engine::LoadedModel>> set;  // claims: models of 0, 1, 2 layers
  bool pairs = false;                                           // bigrams: list the counted ones
  std::optional<std::string> source_token;     // skip-trigrams: the source by its text
  std::optional<int> length, sequences, seed;  // induction, on repeated random tokens
  bool sources = false;
  bool full = false;
  std::vector<std::string> cuts;  // in the words of engine/cuts.h
  bool frozen = false;
};

// Reads the options of a command from JSON: {"text" or "ids", "position", "cut": "L0H3" or a list,
// ...}; null is the same as not given, "target-token" the same as "target_token". Throws Error
// naming an option that the command does not have, or one whose value is of the wrong kind.
Request parse_request(std::string_view command, const Json& options);

// "1,2,3" -> ids, blanks around numbers allowed; none for an empty text. Throws Error naming the
// part that is no id.
std::vector<int> parse_ids(std::string_view text);

// A decimal number of an int's range and nothing else; none for any other text.
std::optional<int> parse_number(std::string_view text);

// How many next tokens to list: the request's or 10. Throws Error below 1.
int top_of(const Request& request);

// The request's tokens: the text's, with the model's bos where it asks for one, or the ids as
// given. Any length. Throws Error for an id outside the vocabulary and where there is neither or
// both.
std::vector<int> tokens_of(const engine::LoadedModel& loaded, const Request& request);

// The run with the request's cuts, at most n_ctx tokens: without logits, and with them.
engine::Run stream_of(const engine::LoadedModel& loaded, const Request& request);
engine::Run run_of(const engine::LoadedModel& loaded, const Request& request);

// The expansion at the request's position of its reading. Throws Error for an empty text, a
// position outside of it, a target that is no token.
engine::Expansion expansion_of(const engine::LoadedModel& loaded, const engine::Run& run,
                               const Request& request);

// The loss over the whole text, of any length from two tokens on, under the request's cuts.
Json loss_of(const engine::LoadedModel& loaded, const Request& request);

// The score of the request's head, destination and source, all three given (else Error). A frozen
// run's scores are those without cuts.
engine::ScoreExpansion score_of(const engine::LoadedModel& loaded, const Request& request);

// The run's terms as tensors over its distinct tokens: all, or the one of the request's path.
// Throws Error for a path that is none, and for more numbers than a program would read.
std::vector<engine::TermTensor> term_tensors_of(const engine::LoadedModel& loaded,
                                                const engine::Run& run, const Request& request);

// What measures the importance of terms over the whole text, as long as loss_of allows, in steps.
// The model must outlive it.
engine::TermImportanceMeter importance_meter(const engine::LoadedModel& loaded,
                                             const Request& request);

// The answer to `command` as JSON, one of those that parse_request knows (else Error).
Json analyse(const engine::LoadedModel& loaded, std::string_view command, const Request& request);

}  // namespace report
