// pathscope run: all activations of a run, for other programs.
#include "cli/command.h"
#include "cli/files.h"
#include "engine/error.h"
#include "engine/safetensors.h"
#include "report/activations.h"

namespace cli {

namespace {

void answer(const engine::LoadedModel& loaded, const Options& options, Terminal& terminal) {
  const engine::Run run = report::run_of(loaded, options.request);
  if (run.n() == 0) engine::fail("the text is empty: there is nothing to write");
  const std::vector<report::Activation> activations = report::activations(loaded.model, run);
  std::vector<engine::Tensor> file;
  for (const report::Activation& activation : activations)
    file.push_back(
        engine::float_tensor(activation.name, activation.shape, activation.values.data()));
  write_file(options.out, engine::write_safetensors(file));
  report::Json tensors = report::Json::array();
  for (const report::Activation& activation : activations)
    tensors.push_back({{"name", activation.name}, {"shape", activation.shape}});
  if (options.json)
    return terminal.line(report::dump({{"out", options.out}, {"tensors", std::move(tensors)}}));
  for (const report::Activation& activation : activations) {
    std::string shape;
    for (std::int64_t size : activation.shape)
      shape += (shape.empty() ? "[" : ", ") + std::to_string(size);
    terminal.line(left(activation.name, 34) + shape + "]");
  }
  terminal.line("written to " + fit(one_line(options.out), terminal.width() - 11));
}

void add_options(Arguments& arguments, Options& options) {
  add_text_options(arguments, options);
  arguments.required("--out", options.out, "The file to write: F32, TransformerLens's hook names",
                     "F.safetensors");
  arguments.footer(
      "Shapes are those of TransformerLens's cache for one text, batch dimension of 1 included:\n"
      "  hook_embed hook_pos_embed blocks.L.hook_resid_pre|hook_attn_out|hook_resid_post\n"
      "                                                            [1, pos, d_model]\n"
      "  blocks.L.attn.hook_q|hook_k|hook_v|hook_z                 [1, pos, head, d_head]\n"
      "  blocks.L.attn.hook_attn_scores|hook_pattern               [1, head, destination, source]\n"
      "  blocks.L.attn.hook_result                                 [1, pos, head, d_model]\n"
      "  blocks.L.ln1|ln_final .hook_scale [1, pos, 1], .hook_normalized [1, pos, d_model]\n"
      "  logits                                                    [1, pos, d_vocab]");
}

}  // namespace

const Command run_command = {"run", "Write every activation to a safetensors file", add_options,
                             answer};

}  // namespace cli
