// What the canvas says of a model and of its training, in Chinese.
#include "view/word_tables.h"

namespace view {

namespace {

void name_bigrams(Words& w) {
  w.empty_bigrams = "按 W_U W_E，一个词元之后是什么，会显示在这里。";
  w.bigrams_read = "“{0}”之后是什么，直接从权重 W_U W_E 读出，不运行模型";
  w.bigrams_whole = "：没有层，这就是模型的全部。";
  w.bigrams_direct =
      "：这是直接路径。它只保留各个头做不好的那些二元组，所以它最看好的词元未必是模型最看好的。";
  w.bigrams_scale = "LayerNorm 的缩放不计在内。";
  w.bigrams_fit = "在全部 {0} 个统计过的词元对上，两种对数概率的相关系数是 {1}。";
  w.bigrams_comparing = "正在与所有统计过的词元对比较：{0}";
  w.bigrams_no_counts = "这个模型没有附带二元组统计：只有权重可看。";
  w.bigrams_rare = "“{0}”之后的词元没有统计：它不在语料最常见的 {1} 个词元之中。换一个词元看看。";
  w.bigrams_title = "“{0}”之后";
  w.bigrams_pairs = "统计过的词元对";
  w.bigrams_pair = "“{0}”之后“{1}”：统计 {2}，按 W_U W_E {3}";
  w.bigrams_token_fit = "“{1}”之后统计过 {0} 个词元；相关系数 {2}。可以指向其中一个。";
  w.bigrams_behind = "灰色：全部统计过的词元对。";
  w.by_weights = "W_U W_E";
  w.counted = "统计";
}

void name_skip_trigrams(Words& w) {
  w.trigrams_searching = "正在搜索整个词表：{0}";
  w.trigrams_none = "没有哪个源词元既特别受关注，又会抬高某个输出。";
  w.trigrams_read =
      "直接从权重读出，不运行模型：在目标位置，这个头回头看源词元，不管它在哪里，并抬高输出。强度 "
      "= qk × "
      "ov。";
  w.trigrams_direct = "{0} 在第 0 层之上：这里只是它的直接路径，不含前面的头告诉它的内容。";
  w.trigrams_title = "{0}：最强的";
  w.trigram = "{0} … {1} → {2}";
  w.trigram_end = "… {0} → {1}";
  w.strength = "强度";
  w.kind_spelling = "另一种写法";
  w.source_title = "源词元“{0}”";
  w.looks_for_it = "找它的词元";
  w.raises = "它抬高";
  w.lowers = "它压低";
  w.crossed_title = "交叉对";
  w.crossed_found =
      "谁在找一个源词元，就会得到它抬高的一切。语料里有的两对，带来了两个交叉对，语料里很少有或从来"
      "没有：";
  w.crossed_none = "最强的里面，找不出语料里有、而其交叉对语料里很少有或从来没有的两对。";
  w.crossed_no_counts = "没有二元组统计，就无从知道哪些词元对常见。";
  w.not_listed = "罕见";
}

void name_heads(Words& w) {
  w.reading_text = "正在读取文本：{0}";
  w.reading_heads = "正在读取各个头：{0}";
  w.heads_scores = "每个头做什么";
  w.heads_note = "复制分数从权重读出，其余在重复两遍的随机词元上测得。分数超过标记线，才这样称呼。";
  w.copying_score = "复制";
  w.previous_token_score = "前一词元";
  w.induction_score = "归纳";
  w.duplicate_token_score = "重复词元";
  w.kind_copying = "复制";
  w.kind_previous_token = "前一词元头";
  w.kind_induction = "归纳头";
  w.kind_duplicate_token = "重复词元头";
  w.eigenvalues_title = "{0}：特征值";
  w.circuit_ov = "OV 电路";
  w.circuit_qk = "QK 电路";
  w.eigenvalues_ov =
      "W_U W_OV W_E 的特征值。靠右的方向，头读到什么就写回什么，也就是复制。复制分数 {0}："
      "特征值之和除以它们的模之和。";
  w.eigenvalues_none = "全部为零：这个头什么也不写。";
  w.eigenvalues_qk = "W_E^T W_QK W_E 的特征值。靠右：词元在找与自己相同的词元，不计位置。";
}

void name_composition(Words& w) {
  w.no_composition = "两层以上的模型才有头的组合：这个模型层数不够。";
  w.reading_pairs = "正在与随机矩阵比较：{0}";
  w.composition_graph = "明显超出随机水平的";
  w.cut_this_wire = "切断这条连线";
  w.chance = "随机水平";
  w.q_composition = "Q-组合：读入查询";
  w.k_composition = "K-组合：读入键";
  w.v_composition = "V-组合：读入值";
  w.into_queries = "查询";
  w.into_keys = "键";
  w.into_values = "值";
  w.wire_weights =
      "{0} 写入 {1} 的{2}：权重中的组合是 {3}，减去随机矩阵的 {4}，得 {5}，是其标准差的 {6} 倍。";
  w.wire_score = "在这里，{0} 从“{1}”最多看“{2}”。注意力分数 {3}：沿这条连线 {4}，沿其余路径 {5}。";
  w.wire_logit = "在这里，“{3}”的 logit 中有 {2} 沿它而来：先 {0}，后 {1}。";
  w.wire_many = "模型太深，{0} 的注意力分数项数太多，无法在这里拆开。";
  w.wire_frozen = "注意力模式保持切断之前的样子，所以不显示注意力分数。";
}

void name_importance(Words& w) {
  w.no_importance = "输入至少两个词元的文本：每一项值多少，在文本上测量。";
  w.importance_note =
      "一项的价值，是只把它从和中拿掉后损失的增量，注意力模式保持不变；各项的价值不能相加。";
  w.importance_stale = "这是上次改动文本或切断之前的测量。";
  w.measuring = "正在测量：{0}";
  w.of_text = "在这段文本的 {0} 个词元上：";
  w.of_held_out = "在我们自己写的留出文本的 {0} 个词元上：";
  w.so_far = "初步结果，已读 {0}。{1}";
  w.worth_direct = "直接路径把损失从每词元 {0} nat 降到 {1}。";
  w.worth_heads = "单个头使损失每词元降低 {0} nat，占全部路径所降的 {1}";
  w.worth_virtual = "；虚拟注意力头降低 {0}，占 {1}。";
  w.loss_by_order = "依次加入各项后的损失，nat/词元";
  w.order_uniform = "所有词元等概率";
  w.order_direct = "直接路径";
  w.order_heads = "+ 单个头";
  w.order_virtual = "+ 两个头的虚拟头";
  w.order_deeper = "+ {0} 个头的虚拟头";
  w.head_worths = "每个头自己的那一项值多少，nat";
  w.virtual_worths = "每个虚拟注意力头，同一刻度";
  w.virtual_worth = "{0}：{1} nat。";
  w.virtual_strongest = "最多的是 {0}，{1} nat。";
}

void name_training(Words& w) {
  w.no_training = "这个模型没有附带训练记录。";
  w.training_scores = "在重复的随机词元上";
  w.training_loss = "损失，nat/词元";
  w.training_context = "文本后段的损失减前段的，nat";
  w.training_of = "{0}：";
  w.training_formed = "归纳头在 {0} 到 {1} 个词元之间形成，其间最高的归纳分数从 0.1 升到 0.5。";
  w.context_fell =
      "在此期间，文本后段与前段的损失之差从 {0} 降到 {1} nat：靠后的词元变得更容易猜。";
  w.context_stayed =
      "在此期间，文本后段与前段的损失之差几乎没有下降（先 {0}，后 {1} "
      "nat），与归纳头那篇论文的模型不同。";
  w.heads_form = "头在形成";
  w.in_context = "第 200–250 个词元减第 20–40 个，留出文本";
  w.tokens_read = "已训练的词元数";
  w.previous_token = "对前一词元的注意力，每个头";
  w.induction = "归纳分数，每个头";
  w.second_copy = "第二遍预测对的比例";
  w.held_out_loss = "留出文本";
  w.second_copy_loss = "随机词元的第二遍";
  w.training_at = "训练 {0} 个词元之后：";
  w.training_heads = "{0} 看前一词元（{1}），{2} 看上次接着的词元（{3}）；";
  w.training_at_loss = "第二遍有 {0} 预测对，损失 {1}";
  w.training_hint = "。指向曲线，或用 ← →，可以往回看。";
}

void name_live(Words& w) {
  w.no_live = "开始训练：模型学到什么，会边训练边显示在这里。";
  w.live_waiting = "训练就要开始。";
  w.live_at = "第 {0} 步。第二遍预测对的比例：{1}。";
  w.live_share = "{0} {1}";
  w.live_accuracy = "第二遍预测对的比例";
  w.live_loss = "损失，nat/词元";
  w.live_chance = "随机 {0}";
  w.live_steps = "步";
  w.live_sequence = "此刻的一个序列";
  w.live_sequence_note =
      "每个符号的损失：第一遍谁也无法预知；第二遍从第二个符号起，会复制的模型就知道了。";
  w.live_heads = "每个头做什么：{0}";
  w.live_previous = "前一词元 {0}";
  w.live_induction = "归纳 {0}";
  w.live_cut = "切断";
  w.live_mend = "接回";
}

}  // namespace

void name_model_in_chinese(Words& w) {
  name_bigrams(w);
  name_skip_trigrams(w);
  name_heads(w);
  name_composition(w);
  name_importance(w);
  name_training(w);
  name_live(w);
}

}  // namespace view
