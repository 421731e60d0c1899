// What the canvas says of a text, in Chinese.
#include "view/word_tables.h"

namespace view {

namespace {

void name_tokens(Words& w) {
  w.empty_paths = "下一个词元的 logit 会在这里显示成路径之和。";
  w.empty_attention = "每个注意力头看向哪里，会显示在这里。";
  w.earlier_tokens = "前面还有 {0} 个词元";
  w.tokens_between = "中间还有 {0} 个词元";
  w.later_tokens = "后面还有 {0} 个词元";
  w.hidden_share = "{0}（其中来自它们 {1}）";
  w.fewer_tokens = "收起词元";
  w.reads = "{0} 读“{1}”：这一项的 {2} 从它而来";
  w.reads_part = "{0} 读“{1}”：{2} 从它而来，{3} 从其他词元而来";
  w.through = "，大多经由“{0}”";
  w.own_token = "直接路径：词元“{0}”本身，不经过任何头";
  w.no_source = "偏置：对任何文本都一样，不来自任何词元";
  w.no_write = "{0} 已切断：没有东西从它而来";
  w.all_terms = "所有项合计：{1} 来自“{0}”，{2} 来自其他词元。";
  w.one_source = "所有项里来自“{0}”的合计 {1}，最多的是 {2}。";
  w.hint = "指向一项，它的路径和源位置就会亮起；点击可固定。";
  w.hint_touch = "点一项，它的路径和源位置就会亮起。";
}

void name_next_tokens(Words& w) {
  w.next_token = "下一个词元";
  w.next_token_hint = "点击：读它的 logit";
  w.next_token_cut = "切断后";
}

void name_terms(Words& w) {
  w.direct = "直接路径";
  w.bias = "偏置";
  w.bias_through = "偏置 → {0}";
  w.title_logit = "“{1}”之后“{0}”的 logit = {2}";
  w.title_mean = "“{1}”之后“{0}”的 logit，高出词表均值 = {2}";
  w.title_token = "“{1}”之后“{0}”的 logit 减“{3}”的 = {2}";
  w.sum_of_paths = "{0} 条路径之和";
  w.one_path = "一条路径";
  w.sorted = "按大小排列";
  w.mean_here = "此处词表的均值是 {0}";
  w.more = "还有 {0} 项";
  w.fewer = "收起";
  w.inside_more = "{0}，其中 {1}";
  w.part_of = "{1} 中的 {0}";
  w.total_logit = "logit";
  w.total_mean = "高出均值";
  w.total_token = "差";
  w.terms_sum = "{0} 项之和是";
  w.one_term = "唯一的一项是";
  w.closes = "{0} {1}，相差 {3}";
  w.closes_not = "{0} {2}，而模型给出 {1}：相差 {3}";
  w.worst = "{0} 个词元中最大误差 {1}";
  w.errors = "和 − logit {0}；{1} 个词元中最大误差 {2}";
  w.cut_term = "已切断";
}

void name_diagram(Words& w) {
  w.diagram = "在模型中走过的路";
  w.kind_direct = "直接路径";
  w.kind_head = "一个头";
  w.kind_virtual = "虚拟注意力头";
  w.kind_bias = "偏置";
  w.stream_in = "W_E";
  w.stream_out = "W_U → logit";
  w.shown_term = "{0}，{1}：{2}";
  w.shown_direct = "{0}：{1}";
  w.diagram_hint = "每个头从残差流读取，再写回残差流";

  w.grid = "虚拟注意力头：第 0 层 → 第 1 层";
  w.grid_layers = "虚拟注意力头：靠前 ↓ 靠后 →";
  w.grid_deeper = "{0} 条路径经过三个或更多头：合计 {1}";
  w.grid_cell = "{0}：{1}";
}

void name_cuts(Words& w) {
  w.cuts = "切断";
  w.cut_tool = "切断工具";
  w.undo = "撤销";
  w.redo = "重做";
  w.no_cuts =
      "还没有切断任何东西。打开切断工具，点击一项或一个头就会切断它；切断前后会在这里并排显示。";
  w.no_cuts_tool = "点击一项或一个头：切断。再点一次：接回。";
  w.cut_offer = "切断";
  w.cut_wire = "{0} → {1} 的连线，作为";
  w.cut_path = "路径 {0}";
  w.cut_head = "头 {0}";
  w.cut_all_heads = "所有头";
  w.cut_layer = "L{0} 的所有头";
  w.cut_later = "之后所有头";
  w.cut_queries = "查询：{0}";
  w.cut_keys = "键：{0}";
  w.cut_values = "值：{0}";
  w.patterns = "注意力模式";
  w.recomputed = "重新计算";
  w.frozen = "保持原样";
  w.legend_before = "切断前";
  w.legend_after = "切断后";
  w.text_loss = "损失，nat";
}

void name_attention(Words& w) {
  w.no_heads = "这个模型没有层，所以没有注意力。";
  w.heads_all = "所有头";
  w.layer = "第 {0} 层";
  w.attention_title = "{0}：看向哪里";
  w.destination_source = "目标位置 ↓ 源位置 →";
  w.pattern = "注意力模式";
  w.score = "注意力分数";
  w.attention_cell = "{6} 从“{0}”（位置 {1}）看“{2}”（位置 {3}）：注意力模式 {4}，注意力分数 {5}";
  w.attention_row = "{5} 从“{0}”（位置 {1}）：最多看“{2}”（位置 {3}），{4}";
}

void name_scores(Words& w) {
  w.empty_scores = "一个头为什么看它所看的地方，会在这里显示成注意力分数的各项之和。";
  w.scores_frozen = "注意力模式保持切断之前的样子：分数是未切断时的，这里不再拆开。";
  w.scores_many = "模型太深，{0} 的注意力分数项数太多，无法在这里拆开。";
  w.scores_place = "{0} 从“{1}”（位置 {2}）看“{3}”（位置 {4}）：注意力分数 {5}";
  w.scores_of = "注意力分数 {0} 中，贡献最大的是——";
  w.scores_keys = "沿键：{1} {0}";
  w.scores_queries = "沿查询：{1} {0}";
  w.scores_next = "，{1} {0}";
  w.score_grid = "注意力分数里谁遇上了谁";
  w.score_terms = "最大的几项";
  w.query_key = "查询来自 ↓ 键来自 →";
  w.query = "查询";
  w.key = "键";
  w.side_token = "词元";
  w.side_position = "位置";
  w.the_token = "词元本身";
  w.the_token_there = "词元及其位置";
  w.the_position = "位置";
  w.the_biases = "偏置";
  w.score_cell = "查询（{0}）× 键（{1}）：{2}。";
  w.score_row = "查询（{0}）合计：{1}。";
  w.score_column = "键（{0}）合计：{1}。";
}

void name_induction(Words& w) {
  w.induction_new = "“{0}”在这里第一次出现：还没有可以接着写的内容。";
  w.induction_at = "“{0}”先前出现过，在位置 {1}，后面接着“{2}”。现在它的概率是 {3}";
  w.induction_no_heads = "。这个模型没有归纳头。";
  w.induction_looks = "；没有归纳头时是 {0}。{1} 以 {2} 的注意力看向那里。";
  w.induction_places = "上次后面接着什么";
  w.nothing_twice = "这段文本里没有词元出现两次。重复一个词或名字试试。";
  w.now = "现在";
  w.came_next = "接着的是";
  w.next_after = "“{0}”之后的下一个词元";
  w.with_heads = "有归纳头";
  w.without_heads = "没有归纳头";
  w.repeats_title = "同样的事，换成随机词元";
  w.repeats_note =
      "{0} 块随机词元的平均，每块 {1} "
      "个，各出现两遍。第一遍没有模型猜得到；有归纳头的模型猜得到第二遍。";
  w.cut_named = "切断 {0}";
  w.no_layers = "零层";
  w.one_layer = "一层";
  w.two_layers = "两层";
  w.n_layers = "{0} 层";
  w.loss_nats = "损失，nat/词元";
  w.loss_at = "位置 {0}：{1}";
  w.second_right = "第二遍：{0} 预测对";
  w.first_time = "第一遍";
  w.again = "第二遍";
  w.running = "正在运行：{0}";
  w.stripe_title = "{0}：看向哪里，第一块";
  w.stripe =
      "下半部分的斜线就是归纳：每个词元看向自己第一次出现之后的那个词元。斜线上的平均权重就是归纳分"
      "数：";
}

void name_expansion(Words& w) {
  w.stage_product = "乘积";
  w.stage_layer = "展开第 {0} 层";
  w.stage_sum = "和";
  w.expanded_none =
      "模型是各层的乘积。每一层把收到的原样传下去（Id），再加上各个头写入的内容：位置之间的注意力模"
      "式 A "
      "乘以矩阵 W_OV。现在还没有展开任何一层。";
  w.expanded_some =
      "展开到这里，到达下一层的是 {0} 项之和，每一项都是从词元出发的一条路径。取某一层的 "
      "Id，就是路径绕过那"
      "一层。";
  w.expanded_all =
      "全部展开：从词元到 logit 共 {0} "
      "条路径。每条都是位置之间的注意力模式乘以词表上的一个矩阵，可以单独读"
      "。";
  w.product = "logit =";
  w.layer_factor = "× 第 {0} 层：Id + 各个头";
  w.terms_factor = "× {0} 项之和，含 W_E";
  w.unembed_factor = "W_U";
  w.embed_factor = "× W_E，词元";
  w.identity = "Id";
  w.term_pattern = "位置：A";
  w.term_weights = "词元：W";
  w.rest_of_terms = "还有 {0} 个较小的项，合计 {1}";
}

}  // namespace

void name_text_in_chinese(Words& w) {
  w.tag = "zh-CN";
  w.list_comma = "、";
  w.clause_gap = "；";
  w.sentence_end = "。";
  w.sentence_gap = "";
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
