// Times the engine's analyses on random models of two layers:
//   pathscope-bench [VOCABULARY]...      4096 and 50000
//   pathscope-bench --model FILE         writes the weights of a random model of 50,278 tokens,
//                                        d_model 768, 12 heads, with its config inside
// A line for each analysis: milliseconds, and which share that is of the naive way's. Times of a
// machine that does other things are worth little, but the shares are of the same minute.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "bench/analyses.h"
#include "engine/model_writer.h"
#include "engine/random_model.h"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto begun = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

// The shortest of a few runs: what others took of the machine is never negative.
double time(const std::function<void()>& work) {
  double shortest = seconds_of(work), sum = shortest;
  for (int run = 1; run < 50 && sum < 0.5; ++run) {
    const double seconds = seconds_of(work);
    shortest = std::min(shortest, seconds);
    sum += seconds;
  }
  return shortest;
}

engine::Model model_of(int d_vocab, int d_model, int n_heads) {
  engine::Shape shape;
  shape.n_heads = n_heads;
  shape.d_head = d_model / n_heads;
  shape.d_model = d_model;
  shape.n_ctx = 256;
  shape.d_vocab = d_vocab;
  return engine::random_model<float>(1, shape);
}

void print_times(int d_vocab) {
  const engine::Model model = model_of(d_vocab, 256, 8);
  std::printf("\n%-42s %10s %12s %9s  %s\n", ("vocabulary " + std::to_string(d_vocab)).c_str(),
              "ours, ms", "naive, ms", "share", "the naive way");
  for (const bench::Analysis& analysis : bench::analyses(model)) {
    const double ours = time(analysis.ours);
    std::printf("%-42s %10.2f", analysis.name.c_str(), 1000 * ours);
    if (analysis.naive) {
      const double naive = time(analysis.naive) / analysis.part;
      std::printf(" %12.1f %7.2f %%  %s", 1000 * naive, 100 * ours / naive,
                  analysis.naive_way.c_str());
    }
    std::printf("\n");
    std::fflush(stdout);
  }
}

int write_model(const char* file) {
  std::ofstream out(file, std::ios::binary);
  out << engine::write_model(model_of(50278, 768, 12));
  if (!out.flush()) {
    std::fprintf(stderr, "cannot write %s\n", file);
    return 1;
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments + 1, arguments + count);
  if (given.size() == 2 && given[0] == "--model") return write_model(given[1].c_str());
  if (given.empty()) given = {"4096", "50000"};
  for (const std::string& vocabulary : given) {
    const int d_vocab = std::atoi(vocabulary.c_str());
    if (d_vocab < 256) {
      std::fprintf(stderr, "expected vocabularies of at least 256, found '%s'\n",
                   vocabulary.c_str());
      return 2;
    }
    print_times(d_vocab);
  }
}
