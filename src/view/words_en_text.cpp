// What the canvas says of a text, in English.
#include "view/word_tables.h"

namespace view {

namespace {

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
  w.shown_direct = "{0}: {1}";
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

}  // namespace

void name_text_in_english(Words& w) {
  w.tag = "en";
  w.list_comma = ", ";
  w.clause_gap = "; ";
  w.sentence_end = ".";
  w.sentence_gap = " ";
  name_tokens(w);
  name_next_tokens(w);
  name_terms(w);
  name_diagram(w);
  name_cuts(w);
  name_attention(w);
  name_scores(w);
  name_induction(w);
  name_expansion(w);
}

}  // namespace view
