#include "engine/bigrams.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/error.h"
#include "engine/forward.h"
#include "engine/json.h"
#include "engine/layer_norm.h"

namespace engine {

namespace {

const std::size_t tokens_a_step = 32;
const std::int64_t largest_id = std::numeric_limits<int>::max() - 1;

const Json& member(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) fail("bigram counts: the key ", key, " is missing");
  return json[key];
}

// A list of whole numbers from `least` on.
std::vector<std::int64_t> numbers(const Json& list, const char* key, std::int64_t least) {
  if (!list.is_array()) fail("bigram counts: ", key, ": expected lists of whole numbers");
  std::vector<std::int64_t> values;
  for (const Json& value : list) {
    if (!value.is_number_integer() || value.get<std::int64_t>() < least)
      fail("bigram counts: ", key, ": expected whole numbers from ", least, " on, found ",
           shown(value));
    values.push_back(value.get<std::int64_t>());
  }
  return values;
}

int id_of(std::int64_t value, const char* key) {
  if (value > largest_id) fail("bigram counts: ", key, ": ", value, " is no token id");
  return int(value);
}

std::string text_or_none(const Json& json, const char* key) {
  if (!json.contains(key)) return {};
  if (!json[key].is_string())
    fail("bigram counts: ", key, ": expected a string, found ", shown(json[key]));
  return json[key].get<std::string>();
}

// [id, count, id, count, ...] by rising id.
std::vector<BigramCounts::Next> read_next(const Json& list, std::int64_t total) {
  const std::vector<std::int64_t> values = numbers(list, "next", 0);
  if (values.size() % 2) fail("bigram counts: next: expected pairs of id and count");
  std::vector<BigramCounts::Next> next;
  for (std::size_t i = 0; i < values.size(); i += 2) {
    const int id = id_of(values[i], "next");
    if (!next.empty() && next.back().token >= id)
      fail("bigram counts: next: expected rising ids, found ", id, " after ", next.back().token);
    if (values[i + 1] < 1 || values[i + 1] > total)
      fail("bigram counts: next: a count of ", values[i + 1], ", expected 1 to ", total);
    next.push_back({id, values[i + 1]});
  }
  return next;
}

}  // namespace

BigramCounts BigramCounts::from_json(std::string_view text) {
  const Json json = parse_json(text, "the file of bigram counts");
  BigramCounts counts;
  for (std::int64_t id : numbers(member(json, "tokens"), "tokens", 0))
    counts.tokens_.push_back(id_of(id, "tokens"));
  counts.totals_ = numbers(member(json, "totals"), "totals", 0);
  const Json& next = member(json, "next");
  for (const auto& [key, size] : {std::pair("totals", counts.totals_.size()),
                                  std::pair("next", next.is_array() ? next.size() : 0)})
    if (size != counts.tokens_.size())
      fail("bigram counts: ", key, " has ", size, " entries, expected ", counts.tokens_.size(),
           ", one a token");
  for (std::size_t row = 0; row < counts.tokens_.size(); ++row) {
    counts.next_.push_back(read_next(next[row], counts.totals_[row]));
    const std::size_t token = std::size_t(counts.tokens_[row]);
    if (token >= 1u << 24) fail("bigram counts: tokens: ", token, " is no token id");
    if (token >= counts.rows_.size()) counts.rows_.resize(token + 1);
    if (counts.rows_[token]) fail("bigram counts: tokens: ", token, " stands twice");
    counts.rows_[token] = int(row) + 1;
  }
  counts.tokenizer_sha256_ = text_or_none(json, "tokenizer_sha256");
  counts.own_sha256_ = text_or_none(json, "own_sha256");
  if (!json.contains("own_loss")) return counts;
  const Json& loss = json["own_loss"];
  if (!loss.is_number()) fail("bigram counts: own_loss: expected a number, found ", shown(loss));
  counts.own_loss_ = loss.get<double>();
  return counts;
}

std::size_t BigramCounts::row_of(int token) const {
  const bool known = token >= 0 && std::size_t(token) < rows_.size() && rows_[std::size_t(token)];
  return known ? std::size_t(rows_[std::size_t(token)] - 1) : tokens_.size();
}

const std::vector<BigramCounts::Next>& BigramCounts::next(int token) const {
  static const std::vector<Next> none;
  const std::size_t row = row_of(token);
  return row < next_.size() ? next_[row] : none;
}

std::optional<float> BigramCounts::log_probability(int token, int next) const {
  const std::vector<Next>& all = this->next(token);
  const auto found = std::lower_bound(all.begin(), all.end(), next,
                                      [](const Next& a, int id) { return a.token < id; });
  if (found == all.end() || found->token != next) return {};
  return log_probability(token, *found);
}

float BigramCounts::log_probability(int token, const Next& next) const {
  return float(std::log(double(next.count) / double(totals_[row_of(token)])));
}

bool fits(const BigramCounts& counts, const LoadedModel& loaded) {
  return counts.tokenizer_sha256().empty() || counts.tokenizer_sha256() == loaded.tokenizer_sha256;
}

void require_fit(const BigramCounts& counts, const LoadedModel& loaded) {
  const std::string& found = loaded.tokenizer_sha256;
  if (!fits(counts, loaded))
    fail("the bigram counts are of the tokenizer.json with SHA-256 ",
         counts.tokenizer_sha256().substr(0, 12), "..., this model ",
         found.empty() ? "has none" : "has that with " + found.substr(0, 12) + "...");
  const int d_vocab = loaded.model.config.d_vocab;
  for (int token : counts.tokens()) {
    // Ids rise, so the last one is the largest.
    const std::vector<BigramCounts::Next>& next = counts.next(token);
    const int largest = std::max(token, next.empty() ? 0 : next.back().token);
    if (largest >= d_vocab)
      fail("the bigram counts have the token ", largest,
           ", expected ids less than d_vocab = ", d_vocab);
  }
}

Matrix direct_logits(const Model& model, const std::vector<int>& tokens) {
  Matrix embedding(model.config.d_model, Eigen::Index(tokens.size()));
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    assert(tokens[i] >= 0 && tokens[i] < model.config.d_vocab);
    embedding.col(Eigen::Index(i)) = model.weights.W_E.col(tokens[i]);
  }
  return model.weights.W_U * norm_linear(model.config, model.weights.ln_final, embedding);
}

void Correlation::add(double x, double y) {
  ++pairs_;
  const double dx = x - mean_x_, dy = y - mean_y_;
  mean_x_ += dx / double(pairs_);
  mean_y_ += dy / double(pairs_);
  xx_ += dx * (x - mean_x_);
  yy_ += dy * (y - mean_y_);
  xy_ += dx * (y - mean_y_);
}

double Correlation::value() const {
  return xy_ / std::sqrt(xx_ * yy_);
}

BigramCorrelation::BigramCorrelation(const Model& model, const BigramCounts& counts)
    : model_(model), counts_(counts) {}

double BigramCorrelation::progress() const {
  return done() ? 1 : double(row_) / double(counts_.tokens().size());
}

void BigramCorrelation::step() {
  const auto first = counts_.tokens().begin() + std::ptrdiff_t(row_);
  const std::size_t count = std::min(tokens_a_step, counts_.tokens().size() - row_);
  const std::vector<int> tokens(first, first + std::ptrdiff_t(count));
  const Matrix logits = direct_logits(model_, tokens);
  for (std::size_t i = 0; i < count; ++i) {
    const Vector log_p = log_probabilities(Vector(logits.col(Eigen::Index(i))));
    for (const BigramCounts::Next& next : counts_.next(tokens[i])) {
      const float counted = counts_.log_probability(tokens[i], next);
      const float by_weights = log_p[next.token];
      correlation_.add(double(by_weights), double(counted));
      if (next.count >= common_count) common_.add(double(by_weights), double(counted));
      density_.add(counted, by_weights);
    }
  }
  row_ += count;
}

Correlation token_correlation(const BigramCounts& counts, int token,
                              const Vector& log_probabilities) {
  Correlation correlation;
  for (const BigramCounts::Next& next : counts.next(token))
    correlation.add(double(log_probabilities[next.token]),
                    double(counts.log_probability(token, next)));
  return correlation;
}

}  // namespace engine
