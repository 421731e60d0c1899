// Models whose heads are set by hand: one-hot tokens and positions, scores of 0 or `sharp`, so that
// a head looks at one place, or at several alike.
#pragma once

#include <cmath>

#include "engine/model.h"

namespace engine {

const float sharp = 90;  // e^-90 is no share that a test could see

// The places of the residual stream: the token, the token before, what the logits read; W_pos is
// one-hot on the fourth.
struct HandMade {
  Model model;

  HandMade(int d_vocab, int n_ctx, int n_layers) {
    Config& c = model.config;
    c.n_layers = n_layers;
    c.n_heads = 1;
    c.d_vocab = d_vocab;
    c.n_ctx = n_ctx;
    c.d_model = 3 * d_vocab + n_ctx;
    c.d_head = d_vocab > n_ctx ? d_vocab : n_ctx;
    Weights& w = model.weights;
    w.W_E = place(0, d_vocab);
    w.W_U = sharp * place(2 * d_vocab, d_vocab).transpose();
    w.W_pos = place(3 * d_vocab, n_ctx);
    w.layers.resize(std::size_t(n_layers));
    for (LayerWeights& layer : w.layers) {
      layer.heads.resize(1);
      HeadWeights& h = layer.heads[0];
      h.W_Q = h.W_K = h.W_V = Matrix::Zero(c.d_head, c.d_model);
      h.W_O = Matrix::Zero(c.d_model, c.d_head);
    }
  }

  HeadWeights& head(int layer) { return model.weights.layers[std::size_t(layer)].heads[0]; }

  // A head that looks `back` positions back (at all alike where there are fewer), and writes the
  // token that it finds to the place of the token before.
  HandMade& looks_back(int layer, int back) {
    const int v = model.config.d_vocab, n = model.config.n_ctx;
    for (int i = 0; i < n; ++i) head(layer).W_Q(i, 3 * v + i) = sharp;
    for (int i = 0; i + back < n; ++i) head(layer).W_K(i + back, 3 * v + i) = 1;
    return writes(layer, v);
  }

  // A head that looks for its token where `from` stands in a stream: 0 the tokens themselves, v the
  // tokens before; and writes the token that it finds for the logits to read.
  HandMade& matches(int layer, int from) {
    const int v = model.config.d_vocab;
    for (int i = 0; i < v; ++i) {
      head(layer).W_Q(i, i) = sharp;
      head(layer).W_K(i, from + i) = 1;
    }
    return writes(layer, 2 * v);
  }

 private:
  using LayerWeights = LayerWeightsOf<float>;

  // d_model x size: the identity from row `first` on.
  Matrix place(int first, int size) const {
    Matrix matrix = Matrix::Zero(model.config.d_model, size);
    matrix.middleRows(first, size).setIdentity();
    return matrix;
  }

  HandMade& writes(int layer, int to) {
    for (int i = 0; i < model.config.d_vocab; ++i) {
      head(layer).W_V(i, i) = 1;
      head(layer).W_O(to + i, i) = 1;
    }
    return *this;
  }
};

}  // namespace engine
