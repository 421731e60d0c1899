#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

#include "engine/bigram_gradient.h"
#include "engine/error.h"
#include "engine/json.h"
#include "engine/model_writer.h"
#include "engine/sha256.h"

namespace train {

namespace {

const double pi = 3.14159265358979323846;

void fill_normal(engine::Matrix& matrix, double deviation, engine::Random& random) {
  for (float& entry : matrix.reshaped()) entry = float(deviation * random.normal());
}

// Sinusoids of d_model / 2 frequencies. Those below 1 / n_ctx tell no two positions apart, and only
// those near pi a position from the one before it.
void fill_sinusoids(engine::Matrix& W_pos, const Init& init) {
  const double size = init.W_pos, falls = init.highest_frequency / init.lowest_frequency;
  const Eigen::Index pairs = W_pos.rows() / 2;
  for (Eigen::Index i = 0; i < pairs; ++i) {
    const double frequency = init.highest_frequency * std::pow(falls, -double(i) / double(pairs));
    for (Eigen::Index p = 0; p < W_pos.cols(); ++p) {
      W_pos(2 * i, p) = float(size * std::sin(frequency * double(p)));
      W_pos(2 * i + 1, p) = float(size * std::cos(frequency * double(p)));
    }
  }
}

// Adds size * W_E^T to W_U with each pair of dimensions turned by a quarter: orthogonal to itself,
// so the direct path does not start as a copier.
void add_turned(engine::Matrix& W_U, const engine::Matrix& W_E, double size) {
  for (Eigen::Index i = 0; i + 1 < W_E.rows(); i += 2) {
    W_U.col(i) -= float(size) * W_E.row(i + 1).transpose();
    W_U.col(i + 1) += float(size) * W_E.row(i).transpose();
  }
}

const std::vector<std::string> matrix_names(const engine::Parameters& parameters) {
  std::vector<std::string> names = {"W_E", "W_pos"};
  for (std::size_t l = 0; l < parameters.layers.size(); ++l)
    for (const char* name : {"W_Q", "W_K", "W_V", "W_O"})
      names.push_back(std::to_string(l) + "." + name);
  names.push_back("W_U");
  return names;
}

// What a checkpoint must agree on to go on as if it had not stopped: the config, to the last digit,
// and the tokens.
std::string fingerprint(const TrainConfig& config, const std::vector<int>& corpus,
                        const std::vector<int>& byte_ids) {
  const Init& init = config.init;
  std::ostringstream text;
  text.precision(std::numeric_limits<double>::max_digits10);
  text << engine::write_config(config.model);
  for (double number : {double(config.task),
                        double(config.batch),
                        double(config.steps),
                        config.learning_rate,
                        double(config.schedule),
                        double(config.warmup),
                        config.beta1,
                        config.beta2,
                        config.eps,
                        config.weight_decay,
                        config.clip,
                        config.repeat_from,
                        config.repeat_to,
                        config.repeat_anneal,
                        double(config.repeat_min),
                        double(config.repeat_max),
                        config.subset_share,
                        config.byte_share,
                        config.letter_share,
                        init.W_E,
                        init.W_pos,
                        double(init.sinusoids),
                        init.highest_frequency,
                        init.lowest_frequency,
                        init.W_QKV,
                        init.W_O,
                        init.W_U,
                        init.turned})
    text << number << ' ';
  text << config.seed;
  for (const std::vector<int>* ids : {&corpus, &byte_ids}) {
    const auto* bytes = reinterpret_cast<const char*>(ids->data());
    text << ' ' << engine::sha256({bytes, ids->size() * sizeof(int)});
  }
  return engine::sha256(text.str());
}

}  // namespace

engine::Parameters initial_parameters(const TrainConfig& config) {
  const engine::Config& model = config.model;
  const Init& init = config.init;
  engine::Random random(config.seed);
  engine::Parameters parameters;
  parameters.W_E.resize(model.d_model, model.d_vocab);
  fill_normal(parameters.W_E, init.W_E, random);
  parameters.W_pos.resize(model.d_model, model.n_ctx);
  fill_normal(parameters.W_pos, init.W_pos, random);
  if (init.sinusoids) fill_sinusoids(parameters.W_pos, init);
  const int rows = model.n_heads * model.d_head;
  for (int l = 0; l < model.n_layers; ++l) {
    engine::Parameters::Layer layer;
    for (engine::Matrix* W : {&layer.W_Q, &layer.W_K, &layer.W_V}) {
      W->resize(rows, model.d_model);
      fill_normal(*W, init.W_QKV, random);
    }
    layer.W_O.resize(model.d_model, rows);
    fill_normal(layer.W_O, init.W_O, random);
    parameters.layers.push_back(std::move(layer));
  }
  parameters.W_U.resize(model.d_vocab, model.d_model);
  fill_normal(parameters.W_U, init.W_U, random);
  if (init.turned != 0) add_turned(parameters.W_U, parameters.W_E, init.turned);
  return parameters;
}

double learning_rate(const TrainConfig& config, int step) {
  if (step < config.warmup) return config.learning_rate * (step + 1) / config.warmup;
  if (config.schedule == Schedule::constant || config.steps <= config.warmup)
    return config.learning_rate;
  const double way = double(step - config.warmup) / (config.steps - config.warmup);
  return config.learning_rate * 0.5 * (1 + std::cos(pi * way));
}

BatchLoss& BatchLoss::operator+=(const BatchLoss& other) {
  text += other.text;
  synthetic += other.synthetic;
  text_count += other.text_count;
  synthetic_count += other.synthetic_count;
  return *this;
}

double BatchLoss::mean(Task task) const {
  const bool repeats = task == Task::repeat;
  const int count = repeats ? synthetic_count : text_count;
  return count ? (repeats ? synthetic : text) / count : std::nan("");
}

std::string BatchLoss::text_form() const {
  std::ostringstream out;
  out.precision(std::numeric_limits<double>::max_digits10);
  out << text << ' ' << synthetic << ' ' << text_count << ' ' << synthetic_count;
  return out.str();
}

BatchLoss BatchLoss::from_text(const std::string& form) {
  BatchLoss loss;
  std::istringstream in(form);
  if (!(in >> loss.text >> loss.synthetic >> loss.text_count >> loss.synthetic_count))
    engine::fail("expected two sums of losses and two counts, found ", engine::quote(form));
  return loss;
}

Trainer::Trainer(const TrainConfig& config, std::vector<int> corpus, std::vector<int> byte_ids)
    : config_(config),
      fingerprint_(fingerprint(config, corpus, byte_ids)),
      batches_(config, std::move(corpus), std::move(byte_ids)),
      parameters_(initial_parameters(config)),
      optimizer_(parameters_) {}

engine::Model Trainer::model() const {
  engine::Model model = engine::unstack(parameters_, config_.model);
  const Eigen::RowVectorXf mean = model.weights.W_U.colwise().mean();
  model.weights.W_U.rowwise() -= mean;
  return model;
}

BatchLoss Trainer::add_gradient(const Batch& batch, int first, int stride,
                                engine::Backward& workspace, engine::Parameters& gradient) const {
  const float weight = 1 / float(batch.counted);
  if (config_.model.n_layers == 0 && config_.model.positions == engine::Positions::shortformer)
    return add_bigram_gradient(batch, first, stride, weight, gradient);
  BatchLoss loss;
  for (std::size_t i = std::size_t(first); i < batch.sequences.size(); i += std::size_t(stride)) {
    const engine::Sequence& sequence = batch.sequences[i];
    const double sum = workspace.add_gradient(parameters_, sequence, weight, gradient);
    (batch.synthetic[i] ? loss.synthetic : loss.text) += sum;
    (batch.synthetic[i] ? loss.synthetic_count : loss.text_count) += sequence.predictions();
  }
  return loss;
}

BatchLoss Trainer::add_bigram_gradient(const Batch& batch, int first, int stride, float weight,
                                       engine::Parameters& gradient) const {
  BatchLoss loss;
  std::vector<const engine::Sequence*> text, synthetic;
  for (std::size_t i = std::size_t(first); i < batch.sequences.size(); i += std::size_t(stride)) {
    const engine::Sequence& sequence = batch.sequences[i];
    (batch.synthetic[i] ? synthetic : text).push_back(&sequence);
    (batch.synthetic[i] ? loss.synthetic_count : loss.text_count) += sequence.predictions();
  }
  loss.text = engine::add_bigram_gradient(parameters_, text, weight, gradient);
  loss.synthetic = engine::add_bigram_gradient(parameters_, synthetic, weight, gradient);
  return loss;
}

void Trainer::apply(const Batch& batch, engine::Parameters& gradient, const BatchLoss& loss) {
  const double norm = train::clip_norm(gradient, config_.clip);
  if (!std::isfinite(loss.text + loss.synthetic) || !std::isfinite(norm))
    engine::fail("training diverged at step ", steps_done_ + 1, ": the loss is not finite with a ",
                 "learning rate of ", learning_rate(config_, steps_done_),
                 "; a lower learning_rate or a longer warmup helps");
  const AdamWOptions options{config_.beta1, config_.beta2, config_.eps, config_.weight_decay};
  optimizer_.step(parameters_, gradient, steps_done_ + 1, learning_rate(config_, steps_done_),
                  options);
  ++steps_done_;
  tokens_done_ += batch.tokens;
  since_report_ += loss;
}

double Trainer::take_mean_loss() {
  return std::exchange(since_report_, {}).mean(config_.task);
}

std::string Trainer::checkpoint() const {
  return engine::write_safetensors(state_tensors(""), state_metadata(""));
}

std::vector<engine::Tensor> Trainer::state_tensors(const std::string& prefix) const {
  std::vector<engine::Tensor> tensors;
  const std::vector<std::string> names = matrix_names(parameters_);
  const auto add = [&](const std::string& kind, const engine::Parameters& parameters) {
    const auto matrices = parameters.matrices();
    for (std::size_t i = 0; i < names.size(); ++i)
      tensors.push_back(engine::float_tensor(prefix + kind + names[i],
                                             {matrices[i]->cols(), matrices[i]->rows()},
                                             matrices[i]->data()));
  };
  add("weights.", parameters_);
  add("first.", optimizer_.first);
  add("second.", optimizer_.second);
  return tensors;
}

std::map<std::string, std::string> Trainer::state_metadata(const std::string& prefix) const {
  return {{prefix + "steps_done", std::to_string(steps_done_)},
          {prefix + "tokens_done", std::to_string(tokens_done_)},
          {prefix + "since_report", since_report_.text_form()},
          {prefix + "config", fingerprint_}};
}

void Trainer::restore(std::string_view bytes) {
  restore(engine::read_safetensors(bytes, "checkpoint"), "");
}

void Trainer::restore(const engine::Safetensors& file, const std::string& prefix) {
  const auto value = [&](const std::string& key) {
    const auto found = file.metadata.find(prefix + key);
    if (found == file.metadata.end()) engine::fail("checkpoint: no ", key, " in its __metadata__");
    return found->second;
  };
  if (value("config") != fingerprint_)
    engine::fail(
        "checkpoint: it was made with another train.json, tokenizer or text, expected the ",
        "same ones");
  const std::vector<std::string> names = matrix_names(parameters_);
  const auto read = [&](const std::string& kind, engine::Parameters& parameters) {
    const auto matrices = parameters.matrices();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const engine::Tensor* tensor = file.find(prefix + kind + names[i]);
      const std::vector<std::int64_t> shape = {matrices[i]->cols(), matrices[i]->rows()};
      if (!tensor || tensor->shape != shape)
        engine::fail("checkpoint: ", prefix, kind, names[i], " is ",
                     tensor ? engine::shape_text(tensor->shape) : "missing", ", expected ",
                     engine::shape_text(shape));
      engine::read_floats(*tensor, 0, matrices[i]->size(), matrices[i]->data());
    }
  };
  read("weights.", parameters_);
  read("first.", optimizer_.first);
  read("second.", optimizer_.second);
  steps_done_ = std::stoi(value("steps_done"));
  tokens_done_ = std::stoll(value("tokens_done"));
  since_report_ = BatchLoss::from_text(value("since_report"));
}

}  // namespace train
