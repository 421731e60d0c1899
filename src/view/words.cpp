#include "view/words.h"

#include <cmath>
#include <cstdio>

namespace view {

namespace {

template <class... Values>
std::string print(const char* format, Values... values) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

const std::string minus = "\u2212";

void name_tokens(Words& w) {
  w.empty_paths = "The logit of the token that comes next shows here as a sum of paths.";
  w.empty_attention = "Where each attention head looks shows here.";
  w.earlier_tokens = "{0} earlier tokens";
  w.tokens_between = "{0} tokens between";
  w.later_tokens = "{0} later tokens";
  w.hidden_share = "{0} ({1} comes through them)";
  w.fewer_tokens = "show fewer tokens";
  w.reads = "{0} reads “{1}”: {2} of this term comes through it";
  w.reads_part = "{0} reads “{1}”: {2} comes through it, {3} through all other tokens";
  w.through = ", mostly by way of “{0}”";
  w.own_token = "direct: the token “{0}” itself, through no head";
  w.no_source = "a bias: the same for every text, through no token";
  w.no_write = "{0} is cut: nothing comes through it";
  w.all_terms = "All terms together: {1} comes through “{0}”, {2} through all other tokens.";
  w.one_source = "Through “{0}” come {1} of all terms together, most by {2}.";
  w.hint = "Point at one term: its route and its sources light up; click: it stays.";
  w.hint_touch = "Tap a term: its route and its sources light up.";
}

void name_next_tokens(Words& w) {
  w.next_token = "next token";
  w.next_token_hint = "click: read its logit";
  w.next_token_cut = "with the cut";
}

void name_terms(Words& w) {
  w.direct = "direct";
  w.bias = "bias";
  w.bias_through = "bias → {0}";
  w.title_logit = "logit of “{0}” after “{1}” = {2}";
  w.title_mean = "logit of “{0}” after “{1}”, above the vocabulary's mean = {2}";
  w.title_token = "logit of “{0}” minus that of “{3}” after “{1}” = {2}";
  w.sum_of_paths = "the sum of {0} paths";
  w.one_path = "one path";
  w.sorted = "sorted by size";
  w.mean_here = "the vocabulary's mean is {0} here";
  w.more = "{0} more";
  w.fewer = "show fewer";
  w.inside_more = "{0}, in them {1}";
  w.part_of = "{0} of {1}";
  w.total_logit = "logit";
  w.total_mean = "above the mean";
  w.total_token = "difference";
  w.terms_sum = "{0} terms sum to";
  w.one_term = "The one term is";
  w.closes = "{0} {1}, off by {3}";
  w.closes_not = "{0} {2}, but the model says {1}: off by {3}";
  w.worst = "worst of {0} tokens {1}";
  w.errors = "sum − logit {0}; worst of {1} tokens {2}";
  w.cut_term = "cut";
}

void name_diagram(Words& w) {
  w.diagram = "the way through the model";
  w.kind_direct = "the direct path";
  w.kind_head = "a head";
  w.kind_virtual = "a virtual head";
  w.kind_bias = "a bias";
  w.stream_in = "W_E";
  w.stream_out = "W_U → logits";
  w.shown_term = "{0}, {1}: {2}";
  w.diagram_hint = "heads read from the stream and write to it";

  w.grid = "virtual heads: layer 0 → layer 1";
  w.grid_layers = "virtual heads: earlier ↓ later →";
  w.grid_deeper = "{0} paths of three heads or more: {1} together";
  w.grid_cell = "{0}: {1}";
}

void name_cuts(Words& w) {
  w.cuts = "cuts";
  w.cut_tool = "cut tool";
  w.undo = "undo";
  w.redo = "redo";
  w.no_cuts =
      "Nothing is cut. With the cut tool on, a click on a term or a head cuts it; before "
      "and after then stand here side by side.";
  w.no_cuts_tool = "Click a term or a head: it is cut. Click it again: it is whole again.";
  w.cut_offer = "cut";
  w.cut_wire = "the wire {0} → {1} as";
  w.cut_path = "path {0}";
  w.cut_head = "head {0}";
  w.cut_all_heads = "all heads";
  w.cut_layer = "all heads of L{0}";
  w.cut_later = "all later heads";
  w.cut_queries = "queries: {0}";
  w.cut_keys = "keys: {0}";
  w.cut_values = "values: {0}";
  w.patterns = "patterns";
  w.recomputed = "recomputed";
  w.frozen = "as before";
  w.legend_before = "before";
  w.legend_after = "after";
  w.text_loss = "loss, nats";
}

void name_attention(Words& w) {
  w.no_heads = "This model has no layers, and so no attention.";
  w.heads_all = "all heads";
  w.layer = "layer {0}";
  w.attention_title = "{0}: where it looks";
  w.destination_source = "destination ↓ source →";
  w.pattern = "pattern";
  w.score = "score";
  w.attention_cell =
      "{6} from “{0}” (position {1}) to “{2}” (position {3}): pattern {4}, score {5}";
  w.attention_row = "{5} from “{0}” (position {1}): most to “{2}” (position {3}), {4}";
}

void name_bigrams(Words& w) {
  w.empty_bigrams = "What W_U W_E says comes after a token shows here.";
  w.bigrams_read = "After “{0}”, read from the weights W_U W_E, without a run of the model";
  w.bigrams_whole = ": without layers, that is all that there is. ";
  w.bigrams_direct =
      ": the direct path. It keeps those bigrams that the heads do not do better, so its likeliest "
      "token need not be the model's. ";
  w.bigrams_scale = "LayerNorm's scale is left out. ";
  w.bigrams_fit =
      "Over all {0} pairs that were counted, the two log-probabilities have a correlation of {1}.";
  w.bigrams_comparing = "Comparing with all pairs that were counted: {0}";
  w.bigrams_no_counts = "No counted bigrams came with this model: the weights stand alone.";
  w.bigrams_rare =
      "What follows “{0}” was not counted: it is not among the {1} commonest tokens of the corpus. "
      "Click another token.";
  w.bigrams_title = "after “{0}”";
  w.bigrams_pairs = "pairs that were counted";
  w.bigrams_pair = "“{0}”, then “{1}”: counted {2}, by W_U W_E {3}";
  w.bigrams_token_fit = "{0} tokens that were counted after “{1}”; correlation {2}. Point at one.";
  w.by_weights = "W_U W_E";
  w.counted = "counted";
}

void name_skip_trigrams(Words& w) {
  w.trigrams_searching = "Searching the whole vocabulary: {0}";
  w.trigrams_none = "No source is looked for more than others and raises an output.";
  w.trigrams_read =
      "Read from the weights, without a run: at the destination the head looks back at the source, "
      "wherever it stood, and raises the output. Strength is qk times ov. ";
  w.trigrams_direct =
      "{0} is above layer 0: this is its direct path alone, without what earlier heads tell it. ";
  w.trigrams_title = "{0}: strongest";
  w.trigram = "{0} … {1} → {2}";
  w.trigram_end = "… {0} → {1}";
  w.strength = "strength";
  w.kind_spelling = "another spelling";
  w.source_title = "source “{0}”";
  w.looks_for_it = "looks for it";
  w.raises = "it raises";
  w.lowers = "it lowers";
  w.crossed_title = "crossed pairs";
  w.crossed_found =
      "Who looks for a source gets all that it raises. With the two pairs that the corpus has come "
      "the two crossed ones, which it has seldom or never:";
  w.crossed_none =
      "Among its strongest there are no two pairs that the corpus has and whose crossed ones it "
      "has seldom or never.";
  w.crossed_no_counts = "Without counted bigrams nothing tells which pairs are likely.";
  w.not_listed = "rare";
}

void name_scores(Words& w) {
  w.empty_scores = "Why a head looks where it looks shows here: its score as a sum.";
  w.scores_frozen =
      "Patterns stay as before the cut: the scores are those of the run without it, and none is "
      "told.";
  w.scores_many = "A score of {0} has too many terms in so deep a model to be told here.";
  w.scores_place = "{0} from “{1}” (position {2}) to “{3}” (position {4}): score {5}";
  w.scores_of = "Of the score {0}: ";
  w.scores_keys = "{0} comes along keys from {1}";
  w.scores_queries = "Along queries, {0} from {1}";
  w.scores_next = ", next {0} from {1}";
  w.score_grid = "what met in the score";
  w.score_terms = "the largest terms";
  w.query_key = "query from ↓ key from →";
  w.query = "query";
  w.key = "key";
  w.side_token = "token";
  w.side_position = "position";
  w.the_token = "the token itself";
  w.the_token_there = "the token and its position";
  w.the_position = "the position";
  w.the_biases = "the biases";
  w.score_cell = "Query from {0}, key from {1}: {2}.";
  w.score_row = "All queries from {0}: {1}.";
  w.score_column = "All keys from {0}: {1}.";
}

void name_heads(Words& w) {
  w.reading_text = "Reading the text: {0}";
  w.reading_heads = "Reading the heads: {0}";
  w.heads_scores = "what each head does";
  w.heads_note =
      "Copying is read from the weights, the others from random tokens that come twice. A head is "
      "called so above the mark.";
  w.copying_score = "copying";
  w.previous_token_score = "one back";
  w.induction_score = "induction";
  w.duplicate_token_score = "its like";
  w.kind_copying = "copying";
  w.kind_previous_token = "previous token";
  w.kind_induction = "induction";
  w.kind_duplicate_token = "duplicate token";
  w.eigenvalues_title = "{0}: eigenvalues";
  w.circuit_ov = "OV circuit";
  w.circuit_qk = "QK circuit";
  w.eigenvalues_ov =
      "Of W_U W_OV W_E. To the right: directions that the head writes back as it reads them, "
      "copying. Copying score {0}: their sum over the sum of their sizes.";
  w.eigenvalues_none = "All are zero: the head writes nothing.";
  w.eigenvalues_qk =
      "Of W_E^T W_QK W_E. To the right: tokens that look for tokens like themselves, positions "
      "apart.";
}

void name_composition(Words& w) {
  w.no_composition = "Heads compose from two layers on: this model has fewer.";
  w.reading_pairs = "Comparing with random matrices: {0}";
  w.composition_graph = "well beyond chance";
  w.cut_this_wire = "cut this wire";
  w.chance = "chance";
  w.q_composition = "Q: read into queries";
  w.k_composition = "K: read into keys";
  w.v_composition = "V: read into values";
  w.into_queries = "queries";
  w.into_keys = "keys";
  w.into_values = "values";
  w.wire_weights =
      "{0} into the {2} of {1}: composition {3} in the weights. Random matrices: {4}; this is {5} "
      "of their deviations above.";
  w.wire_score =
      "Here {0} looks from “{1}” most at “{2}”: of the score {3}, {4} comes along this wire.";
  w.wire_logit = "Here {2} of the logit of “{3}” comes along it: {0}, then {1}.";
  w.wire_many = "A score of {0} has too many terms in so deep a model to be told here.";
  w.wire_frozen = "Patterns stay as before the cut, so no score is told.";
}

void name_induction(Words& w) {
  w.induction_new = "“{0}” stands here for the first time: there is nothing to continue yet.";
  w.induction_at = "“{0}” stood before, at {1}, and “{2}” came next. Its probability now: {3}";
  w.induction_no_heads = ". This model has no induction heads.";
  w.induction_looks = "; without the induction heads {0}. {1} looks there with {2}.";
  w.induction_places = "what came next the last time";
  w.nothing_twice = "No token of this text comes twice. Repeat a word or a name, and see.";
  w.now = "now";
  w.came_next = "came next";
  w.next_after = "next token after “{0}”";
  w.with_heads = "with the induction heads";
  w.without_heads = "without them";
  w.repeats_title = "The same on random tokens";
  w.repeats_note =
      "The mean of {0} blocks of {1} random tokens, each twice. No model can guess the first copy; "
      "one with induction heads guesses the second.";
  w.cut_named = "cut {0}";
  w.no_layers = "no layers";
  w.one_layer = "one layer";
  w.two_layers = "two layers";
  w.n_layers = "{0} layers";
  w.loss_nats = "loss, nats a token";
  w.loss_at = "position {0}: {1}";
  w.second_right = "second copy: {0} right";
  w.first_time = "first time";
  w.again = "again";
  w.running = "Running: {0}";
  w.stripe_title = "{0}: where it looks, first block";
  w.stripe =
      "The stripe in the lower half is induction: each token looks at what came after it the first "
      "time. The mean weight on it is the induction score:";
}

void name_expansion(Words& w) {
  w.stage_product = "the product";
  w.stage_layer = "layer {0} multiplied out";
  w.stage_sum = "the sum";
  w.expanded_none =
      "The model is a product of layers. Each hands on what it got (Id) and adds what its heads "
      "write: a pattern A over the positions, times a matrix W_OV. Nothing is multiplied out yet.";
  w.expanded_some =
      "Multiplied out up to here, what reaches the next layer is a sum of {0} terms, each a path "
      "from the tokens. Where a layer's Id was taken, the path passes it by.";
  w.expanded_all =
      "All multiplied out: {0} paths from the tokens to the logits. Each is a pattern over the "
      "positions times a matrix over the vocabulary, and can be read alone.";
  w.product = "logits =";
  w.layer_factor = "× layer {0}: Id + heads";
  w.terms_factor = "× the sum of {0} terms, with W_E";
  w.unembed_factor = "W_U";
  w.embed_factor = "× W_E, the tokens";
  w.identity = "Id";
  w.term_pattern = "positions: A";
  w.term_weights = "tokens: W";
  w.rest_of_terms = "and {0} smaller terms, {1} together";
}

void name_importance(Words& w) {
  w.no_importance =
      "Type a text of two tokens or more: what each term is worth is measured over it.";
  w.importance_note =
      "A term is worth what the loss rises by when it leaves the sum, patterns as they are.";
  w.importance_stale = " Measured before the last change of the text or the cuts.";
  w.measuring = "Measuring: {0}";
  w.of_text = "Over this text, {0} tokens:";
  w.of_held_out = "Over a held-out text of ours, {0} tokens:";
  w.so_far = "{0} read so far. {1}";
  w.worth_direct = "the direct path brings the loss from {0} down to {1} nats a token.";
  w.worth_heads = "single heads take {0} nats a token off the loss, {1} of all that the paths do";
  w.worth_virtual = "; virtual heads {0}, {1}.";
  w.loss_by_order = "loss by order of terms, nats a token";
  w.order_uniform = "all tokens alike";
  w.order_direct = "the direct path";
  w.order_heads = "+ single heads";
  w.order_virtual = "+ virtual heads of two";
  w.order_deeper = "+ virtual heads of {0}";
  w.head_worths = "what each head's own term is worth, nats";
  w.virtual_worths = "and each virtual head, on the same scale";
  w.virtual_worth = "{0}: {1} nats.";
  w.virtual_strongest = "The most: {0}, {1} nats.";
}

void name_training(Words& w) {
  w.no_training = "No training log came with this model.";
  w.training_scores = "on repeated random tokens";
  w.training_loss = "loss, nats a token";
  w.training_context = "loss late in a text minus early, nats";
  w.training_of = "{0}: ";
  w.training_formed =
      " The induction heads form between {0} and {1} tokens, where the best induction score goes "
      "from 0.1 to 0.5.";
  w.context_formed =
      " The loss late in a text minus early, which falls at that moment in the paper's models, "
      "goes from {0} to {1} meanwhile.";
  w.heads_form = "heads form";
  w.in_context = "tokens 200 to 250 minus 20 to 40, held-out text";
  w.tokens_read = "tokens trained on";
  w.previous_token = "attention to the token before, each head";
  w.induction = "induction score, each head";
  w.second_copy = "second copy predicted right";
  w.held_out_loss = "held-out text";
  w.second_copy_loss = "second copy of random tokens";
  w.training_at = "After {0} tokens: ";
  w.training_heads =
      "{0} looks at the token before ({1}), {2} at what came next the last time ({3}); ";
  w.training_at_loss = "{0} of a second copy predicted right, loss {1}";
  w.training_hint = ". Point at the lines, or use ← →, to go back.";
}

void name_live(Words& w) {
  w.no_live = "Start a run: what its model learns shows here while it trains.";
  w.live_waiting = "The runs begin.";
  w.live_at = "Step {0}. Right in the second copy: {1}.";
  w.live_share = "{0} {1}";
  w.live_accuracy = "right in the second copy";
  w.live_loss = "loss, nats a token";
  w.live_chance = "chance {0}";
  w.live_steps = "steps";
  w.live_sequence = "one sequence, now";
  w.live_sequence_note =
      "Loss of each symbol: the first time none can know it; the second time, from its second "
      "symbol on, a model that copies does.";
  w.live_heads = "what each head does: {0}";
  w.live_previous = "one back {0}";
  w.live_induction = "induction {0}";
  w.live_cut = "cut";
  w.live_mend = "mend";
}

Words english() {
  Words w;
  name_tokens(w);
  name_next_tokens(w);
  name_terms(w);
  name_diagram(w);
  name_cuts(w);
  name_attention(w);
  name_bigrams(w);
  name_skip_trigrams(w);
  name_heads(w);
  name_composition(w);
  name_scores(w);
  name_induction(w);
  name_expansion(w);
  name_importance(w);
  name_training(w);
  name_live(w);
  return w;
}

std::string joined(const engine::Path& path) {
  std::string text;
  for (engine::HeadId head : path) text += (text.empty() ? "" : " → ") + engine::name(head);
  return text;
}

// "L0H3" as it is, "L0*", and "*", which `all` names.
std::string heads_label(const std::string& heads, const char* all) {
  if (heads == "*") return all;
  if (heads.back() != '*') return heads;
  return fill(words().cut_layer, {heads.substr(1, heads.size() - 2)});
}

}  // namespace

const Words& words() {
  static const Words table = english();
  return table;
}

std::string fill(const char* sentence, std::initializer_list<std::string> values) {
  std::string filled;
  for (const char* c = sentence; *c; ++c) {
    const bool place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
    if (!place) {
      filled += *c;
      continue;
    }
    const std::size_t number = std::size_t(c[1] - '0');
    if (number < values.size()) filled += *(values.begin() + number);
    c += 2;
  }
  return filled;
}

std::string layers_label(int n_layers) {
  const Words& w = words();
  const char* const names[] = {w.no_layers, w.one_layer, w.two_layers};
  return n_layers <= 2 ? names[n_layers] : fill(w.n_layers, {std::to_string(n_layers)});
}

std::string term_label(const explorer::TermKey& term) {
  if (term.bias)
    return term.path.empty() ? words().bias : fill(words().bias_through, {joined(term.path)});
  return term.path.empty() ? words().direct : joined(term.path);
}

std::string cut_label(const std::string& cut) {
  const Words& w = words();
  if (cut.rfind("path:", 0) == 0) {
    std::string path = cut.substr(5);
    for (std::size_t at = path.find('-'); at != path.npos; at = path.find('-'))
      path.replace(at, 1, " → ");
    return fill(w.cut_path, {path == "direct" ? std::string(w.direct) : path});
  }
  const std::size_t arrow = cut.find('>'), colon = cut.rfind(':');
  const std::string earlier = heads_label(cut.substr(0, arrow), w.cut_all_heads);
  if (arrow == cut.npos) return cut.back() == '*' ? earlier : fill(w.cut_head, {earlier});
  const std::size_t length = colon == cut.npos ? cut.npos : colon - arrow - 1;
  const std::string wire =
      earlier + " → " + heads_label(cut.substr(arrow + 1, length), w.cut_later);
  if (colon == cut.npos) return wire;
  const char input = cut.back();
  return fill(input == 'Q' ? w.cut_queries : input == 'K' ? w.cut_keys : w.cut_values, {wire});
}

std::string signed_number(float value, int digits) {
  const std::string text = print("%+.*f", digits, double(value));
  // What rounds to 0 has no side.
  if (text.find_first_of("123456789") == text.npos) return "+" + text.substr(1);
  return text[0] == '-' ? minus + text.substr(1) : text;
}

std::string unsigned_number(float value, int digits) {
  const std::string text = signed_number(value, digits);
  return text[0] == '+' ? text.substr(1) : text;
}

std::string percent(float log_probability) {
  return share(std::exp(log_probability));
}

std::string share(float part) {
  const double percent = 100 * double(part);
  if (percent >= 9.95) return print("%.0f %%", percent);
  return percent < 0.05 ? "<0.1 %" : print("%.1f %%", percent);
}

std::string tiny(float value) {
  if (value == 0) return "0";
  std::string text = print("%.1e", double(std::abs(value)));
  const std::size_t zero = text.find("e-0");
  if (zero != text.npos) text.erase(zero + 2, 1);
  return text;
}

std::string grouped(int count) {
  std::string text = std::to_string(count);
  for (int at = int(text.size()) - 3; at > 0; at -= 3) text.insert(std::size_t(at), ",");
  return text;
}

}  // namespace view
