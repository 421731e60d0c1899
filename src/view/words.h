// Every string on the canvas, in one place: a table of the same names for each language. {0}, {1}
// are filled in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/path_expansion.h"
#include "explorer/explorer.h"
#include "view/numbers.h"

namespace view {

// All of them strings, as the test counts them.
struct Words {
  const char* tag;  // of the language
  // Between the parts of a list, two clauses, two sentences.
  const char *list_comma, *clause_gap, *sentence_end, *sentence_gap;

  const char *empty_paths, *empty_attention;
  const char *earlier_tokens, *tokens_between, *later_tokens, *hidden_share, *fewer_tokens;
  // What the shown term reads; what comes through one token.
  const char *reads, *reads_part, *through, *own_token, *no_source, *no_write;
  const char *all_terms, *one_source, *hint, *hint_touch;

  const char *next_token, *next_token_hint, *next_token_cut;

  const char *direct, *bias, *bias_through;
  const char *title_logit, *title_mean, *title_token, *sum_of_paths, *one_path;
  const char *sorted, *mean_here, *more, *fewer, *inside_more, *part_of;
  const char *total_logit, *total_mean, *total_token;
  const char *terms_sum, *one_term, *closes, *closes_not, *worst, *errors;
  const char* cut_term;

  const char *diagram, *kind_direct, *kind_head, *kind_virtual, *kind_bias, *stream_in, *stream_out;
  const char *shown_term, *shown_direct, *diagram_hint;

  const char *grid, *grid_layers, *grid_deeper, *grid_cell;

  const char *cuts, *cut_tool, *undo, *redo, *no_cuts, *no_cuts_tool;
  const char *cut_offer, *cut_wire;
  const char *cut_path, *cut_head, *cut_all_heads, *cut_layer, *cut_later;
  const char *cut_queries, *cut_keys, *cut_values;
  const char *patterns, *recomputed, *frozen, *legend_before, *legend_after, *text_loss;

  const char* no_heads;
  const char *heads_all, *layer, *attention_title, *destination_source, *pattern, *score;
  const char *attention_cell, *attention_row;

  const char *empty_bigrams, *bigrams_read, *bigrams_whole, *bigrams_direct, *bigrams_scale;
  const char *bigrams_fit, *bigrams_comparing, *bigrams_no_counts, *bigrams_rare;
  const char *bigrams_title, *bigrams_pairs, *bigrams_pair, *bigrams_token_fit, *bigrams_behind;
  const char *by_weights, *counted;

  const char *trigrams_searching, *trigrams_none, *trigrams_read, *trigrams_direct;
  const char *trigrams_title, *trigram, *trigram_end, *strength, *kind_spelling;
  const char *source_title, *looks_for_it, *raises, *lowers;
  const char *crossed_title, *crossed_found, *crossed_none, *crossed_no_counts, *not_listed;

  const char *reading_text, *reading_heads, *heads_scores, *heads_note;
  const char *copying_score, *previous_token_score, *induction_score, *duplicate_token_score;
  const char *kind_copying, *kind_previous_token, *kind_induction, *kind_duplicate_token;
  const char *eigenvalues_title, *circuit_ov, *circuit_qk;
  const char *eigenvalues_ov, *eigenvalues_none, *eigenvalues_qk;

  const char *no_composition, *reading_pairs, *composition_graph, *cut_this_wire, *chance;
  const char *q_composition, *k_composition, *v_composition;
  const char *into_queries, *into_keys, *into_values;
  const char *wire_weights, *wire_score, *wire_logit, *wire_frozen, *wire_many;

  const char *empty_scores, *scores_frozen, *scores_many;
  const char *scores_place, *scores_of, *scores_keys, *scores_queries, *scores_next;
  const char *score_grid, *score_terms, *query_key, *query, *key, *side_token, *side_position;
  const char *the_token, *the_token_there, *the_position, *the_biases;
  const char *score_cell, *score_row, *score_column;
  const char *induction_new, *induction_at, *induction_no_heads, *induction_looks;
  const char *induction_places, *nothing_twice, *now, *came_next, *next_after;
  const char *with_heads, *without_heads;
  const char *repeats_title, *repeats_note, *cut_named;
  const char *no_layers, *one_layer, *two_layers, *n_layers;
  const char *loss_nats, *loss_at, *second_right, *first_time, *again, *running;
  const char *stripe_title, *stripe;

  const char *stage_product, *stage_layer, *stage_sum;
  const char *expanded_none, *expanded_some, *expanded_all;
  const char *product, *layer_factor, *terms_factor, *unembed_factor, *embed_factor, *identity;
  const char *term_pattern, *term_weights, *rest_of_terms;

  const char *no_importance, *importance_note, *importance_stale;
  const char *of_text, *of_held_out, *so_far, *measuring;
  const char *worth_direct, *worth_heads, *worth_virtual;
  const char *loss_by_order, *order_uniform, *order_direct, *order_heads, *order_virtual;
  const char *order_deeper, *head_worths, *virtual_worths, *virtual_worth, *virtual_strongest;

  const char *no_training, *training_scores, *training_loss, *training_context, *tokens_read;
  const char *training_of, *training_formed, *context_fell, *context_stayed, *heads_form,
      *in_context;
  const char *previous_token, *induction, *second_copy, *held_out_loss, *second_copy_loss;
  const char *training_at, *training_at_loss, *training_heads, *training_hint;

  const char *no_live, *live_waiting, *live_at, *live_share;
  const char *live_accuracy, *live_loss, *live_chance, *live_steps;
  const char *live_sequence, *live_sequence_note;
  const char *live_heads, *live_previous, *live_induction, *live_cut, *live_mend;
};

const Words& words();  // of the language that is spoken
// From here on, until another is named; one that there is no table for is English.
void speak(std::string_view tag);
const std::vector<const Words*>& all_words();  // every language's

// The sentence with {0}, {1}, ... replaced.
std::string fill(const char* sentence, std::initializer_list<std::string> values);

std::string layers_label(int n_layers);                 // "two layers"
std::string term_label(const explorer::TermKey& term);  // "direct", "L0H3 → L1H5", "bias → L1H5"
// "path L0H3 → L1H5", "head L0H3", "keys: L0H3 → all later heads"
std::string cut_label(const std::string& cut);

}  // namespace view
