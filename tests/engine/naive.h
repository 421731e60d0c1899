// The forward pass as one would write it for a position at a time, in double: the reference that
// the engine's fast one is held against. Cuts included, LayerNorm scales and patterns recomputed.
#pragma once

#include <cmath>
#include <vector>

#include "engine/forward.h"

namespace naive {

using engine::Config;
using engine::Cuts;
using engine::HeadId;
using engine::Input;
using Vec = engine::VectorOf<double>;
using Stream = std::vector<Vec>;  // a vector a position

inline Vec layer_norm(const Config& config, const engine::NormWeightsOf<double>& norm, Vec x) {
  if (config.normalization == engine::Normalization::none) return x;
  x.array() -= x.mean();
  x /= std::sqrt(x.squaredNorm() / double(x.size()) + config.eps);
  if (norm.w.size()) x.array() *= norm.w.array();
  if (norm.b.size()) x += norm.b;
  return x;
}

inline Vec affine(const engine::MatrixOf<double>& W, const Vec& x, const Vec& b) {
  return b.size() ? Vec(W * x + b) : Vec(W * x);
}

// d_vocab logits for each position.
inline Stream logits(const engine::ModelOf<double>& model, const std::vector<int>& tokens,
                     const Cuts& cuts = {}) {
  const Config& config = model.config;
  const int n = int(tokens.size());
  const bool standard = config.positions == engine::Positions::standard;
  Stream stream(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    stream[i] = model.weights.W_E.col(tokens[i]);
    if (standard) stream[i] += model.weights.W_pos.col(i);
  }
  std::vector<std::pair<HeadId, Stream>> writes;
  for (int l = 0; l < config.n_layers; ++l) {
    const auto& layer = model.weights.layers[l];
    for (int h = 0; h < config.n_heads; ++h) {
      const HeadId id{l, h};
      const auto& head = layer.heads[h];
      const auto read = [&](int i, Input input) {
        Vec x = stream[i];
        for (const auto& [earlier, write] : writes)
          if (earlier.layer < l && cuts.edge(earlier, id, input)) x -= write[i];
        x = layer_norm(config, layer.ln1, x);
        if (input != Input::V && !standard) x += model.weights.W_pos.col(i);
        return x;
      };
      Stream write(static_cast<std::size_t>(n));
      for (int dst = 0; dst < n; ++dst) {
        const Vec q = affine(head.W_Q, read(dst, Input::Q), head.b_Q);
        std::vector<double> weight(static_cast<std::size_t>(dst + 1));
        double total = 0;
        for (int src = 0; src <= dst; ++src) {
          const Vec k = affine(head.W_K, read(src, Input::K), head.b_K);
          total += weight[src] = std::exp(q.dot(k) / config.attn_scale);
        }
        Vec z = Vec::Zero(config.d_head);
        for (int src = 0; src <= dst; ++src)
          z += weight[src] / total * affine(head.W_V, read(src, Input::V), head.b_V);
        write[dst] = head.W_O * z;
      }
      writes.emplace_back(id, write);
    }
    for (int i = 0; i < n; ++i) {
      for (const auto& [id, write] : writes)
        if (id.layer == l) stream[i] += write[i];
      if (layer.b_O.size()) stream[i] += layer.b_O;
    }
  }
  for (int i = 0; i < n; ++i) {
    for (const auto& [id, write] : writes)
      if (cuts.logits(id)) stream[i] -= write[i];
    stream[i] = affine(model.weights.W_U, layer_norm(config, model.weights.ln_final, stream[i]),
                       model.weights.b_U);
  }
  return stream;
}

}  // namespace naive
