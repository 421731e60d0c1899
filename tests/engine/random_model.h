// Random models of odd shapes, for laws that must hold for any weights. The same seed and shape
// give the same numbers as float and as double, but for rounding.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "engine/model.h"
#include "engine/random.h"

namespace engine {

struct Shape {
  int n_layers = 2;
  int n_heads = 3;
  int d_head = 5;
  int d_model = 12;
  int n_ctx = 12;
  int d_vocab = 30;
  bool biases = false;
  Normalization normalization = Normalization::none;
  Positions positions = Positions::shortformer;
};

// 0 to 3 layers, 1 to 7 heads, d_head not dividing d_model, with and without biases, every
// normalization with both kinds of position.
inline std::vector<Shape> odd_shapes() {
  const auto none = Normalization::none, LN = Normalization::LN, LNPre = Normalization::LNPre;
  const auto shortformer = Positions::shortformer, standard = Positions::standard;
  return {
      {0, 1, 4, 10, 12, 31, false, none, shortformer},
      {0, 1, 4, 10, 12, 31, true, LN, standard},
      {1, 1, 3, 7, 12, 30, false, none, standard},
      {1, 7, 3, 16, 11, 29, true, none, shortformer},
      {2, 3, 5, 12, 12, 30, false, none, shortformer},
      {2, 2, 5, 13, 12, 33, true, none, standard},
      {2, 4, 3, 11, 12, 30, false, LNPre, shortformer},
      {2, 3, 7, 12, 13, 30, true, LN, shortformer},
      {2, 2, 6, 20, 12, 40, true, LNPre, standard},
      {3, 2, 3, 10, 12, 27, false, LN, standard},
      {3, 3, 4, 9, 12, 30, true, LN, standard},
      {3, 2, 5, 12, 12, 30, false, none, shortformer},
  };
}

inline std::string describe(const Shape& shape) {
  return std::to_string(shape.n_layers) + " layers, " + std::to_string(shape.n_heads) +
         " heads, d_model " + std::to_string(shape.d_model) +
         (shape.biases ? ", biases" : ", no biases") + ", normalization " +
         std::to_string(int(shape.normalization)) + ", positions " +
         std::to_string(int(shape.positions));
}

inline std::vector<int> random_tokens(std::uint64_t seed, const Shape& shape, int n) {
  Random random(seed);
  std::vector<int> tokens(static_cast<std::size_t>(n));
  for (int& token : tokens) token = random.below(shape.d_vocab);
  return tokens;
}

// Entries are large enough for patterns that are far from uniform.
template <class Scalar>
ModelOf<Scalar> random_model(std::uint64_t seed, const Shape& shape) {
  Random random(seed);
  const auto matrix = [&](int rows, int columns, double scale) {
    MatrixOf<Scalar> m(rows, columns);
    for (Scalar& entry : m.reshaped()) entry = Scalar(scale * random.normal());
    return m;
  };
  const auto vector = [&](int rows, double mean) -> VectorOf<Scalar> {
    return matrix(rows, 1, 0.5).col(0).array() + Scalar(mean);
  };
  ModelOf<Scalar> model;
  Config& config = model.config;
  config.n_layers = shape.n_layers;
  config.n_heads = shape.n_heads;
  config.d_head = shape.d_head;
  config.d_model = shape.d_model;
  config.n_ctx = shape.n_ctx;
  config.d_vocab = shape.d_vocab;
  config.attn_scale = std::sqrt(double(shape.d_head));
  config.normalization = shape.normalization;
  config.positions = shape.positions;
  const double scale = 1 / std::sqrt(double(shape.d_model));
  WeightsOf<Scalar>& weights = model.weights;
  weights.W_E = matrix(shape.d_model, shape.d_vocab, 1);
  weights.W_pos = matrix(shape.d_model, shape.n_ctx, 1);
  const auto norm = [&](NormWeightsOf<Scalar>& n) {
    if (shape.normalization != Normalization::LN) return;
    n.w = vector(shape.d_model, 1);
    n.b = shape.biases ? vector(shape.d_model, 0) : VectorOf<Scalar>::Zero(shape.d_model);
  };
  for (int l = 0; l < shape.n_layers; ++l) {
    LayerWeightsOf<Scalar> layer;
    for (int h = 0; h < shape.n_heads; ++h) {
      HeadWeightsOf<Scalar> head;
      head.W_Q = matrix(shape.d_head, shape.d_model, 1.5 * scale);
      head.W_K = matrix(shape.d_head, shape.d_model, 1.5 * scale);
      head.W_V = matrix(shape.d_head, shape.d_model, 1.5 * scale);
      head.W_O = matrix(shape.d_model, shape.d_head, scale);
      if (shape.biases) {
        head.b_Q = vector(shape.d_head, 0);
        head.b_K = vector(shape.d_head, 0);
        head.b_V = vector(shape.d_head, 0);
      }
      layer.heads.push_back(head);
    }
    if (shape.biases) layer.b_O = vector(shape.d_model, 0);
    norm(layer.ln1);
    weights.layers.push_back(layer);
  }
  norm(weights.ln_final);
  weights.W_U = matrix(shape.d_vocab, shape.d_model, 1);
  if (shape.biases) weights.b_U = vector(shape.d_vocab, 0);
  return model;
}

}  // namespace engine
