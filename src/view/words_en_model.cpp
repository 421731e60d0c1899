// What the canvas says of a model and of its training, in English.
#include "view/word_tables.h"

namespace view {

namespace {

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
      "Choose another token.";
  w.bigrams_title = "after “{0}”";
  w.bigrams_pairs = "pairs that were counted";
  w.bigrams_pair = "“{0}”, then “{1}”: counted {2}, by W_U W_E {3}";
  w.bigrams_token_fit = "{0} tokens that were counted after “{1}”; correlation {2}. Point at one.";
  w.bigrams_behind = " In grey: the pairs of all tokens that were counted.";
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
      "Whoever looks for a source gets all that it raises: two pairs of destination and output, "
      "both in the training text, bring two crossed ones, which it has seldom or never.";
  w.crossed_none =
      "Among its strongest there are no two pairs that the training text has and whose crossed "
      "ones it has seldom or never.";
  w.crossed_no_counts = "Without counted bigrams nothing tells which pairs are likely.";
  w.not_listed = "rare";
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
      "{0} into the {2} of {1}: composition {3} in the weights; less the {4} of random matrices, "
      "{5}, {6} times their standard deviation.";
  w.wire_score =
      "Here {0} looks from “{1}” most at “{2}”. The score, {3}, is {4} along this wire and {5} "
      "along "
      "all other paths.";
  w.wire_logit = "Here {2} of the logit of “{3}” comes along it: {0}, then {1}.";
  w.wire_many = "A score of {0} has too many terms in so deep a model to be told here.";
  w.wire_frozen = "Patterns stay as before the cut, so no score is told.";
}

void name_importance(Words& w) {
  w.no_importance =
      "Type a text of two tokens or more: what each term is worth is measured over it.";
  w.importance_note =
      "A term is worth what the loss rises by when it alone leaves the sum, patterns as they are; "
      "such worths do not add up.";
  w.importance_stale = " Measured before the last change of the text or the cuts.";
  w.measuring = "Measuring: {0}";
  w.of_text = "Over this text, {0} tokens:";
  w.of_held_out = "Over a held-out text of ours, {0} tokens:";
  w.so_far = "First estimate, {0} read. {1}";
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
  w.context_fell =
      " Meanwhile the loss late in a text minus early falls from {0} to {1} nats: later tokens "
      "become easier to guess.";
  w.context_stayed =
      " Meanwhile the loss late in a text minus early hardly falls ({0}, then {1} nats), unlike in "
      "the models of the paper on induction heads.";
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

}  // namespace

void name_model_in_english(Words& w) {
  name_bigrams(w);
  name_skip_trigrams(w);
  name_heads(w);
  name_composition(w);
  name_importance(w);
  name_training(w);
  name_live(w);
}

}  // namespace view
