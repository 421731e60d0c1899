// What the engine says in English, and the same in Chinese: the paper's claims with what was measured
// for them, and what visitors hear most often when something is refused. phrases.js finds them by
// their form; a sentence that is not here is shown in English.
import claims from './zh-CN_claims.js';
import models from './zh-CN_models.js';

export default [
  ...claims,
  ...models,

  // Cuts.
  [
    "cut '{cut}': {why}; expected L0H3, L0H3>L1H5:K (or Q, V), L0H3>logits, path:L0H3-L1H5 or path:direct, with * for all heads, all of a layer (L0*) or all later ones (L0H3>*:K)",
    '切断“{cut}”：{why}；应写成 L0H3、L0H3>L1H5:K（或 Q、V）、L0H3>logits、path:L0H3-L1H5 或 path:direct，用 * 代表所有头、一层的所有头（L0*）或之后的所有头（L0H3>*:K）。',
  ],
  ["heads '{found}', expected L0* to L{last}*", '“{found}”不是某一层所有头的写法，应为 L0* 到 L{last}*'],
  ['this model has no heads', '这个模型没有注意力头'],
  ['a path names its heads', '路径要写明经过哪些头'],
  ["an edge ends in :Q, :K or :V, found ':{found}'", '一条边以 :Q、:K 或 :V 结尾，这里是“:{found}”'],
  ["head '{found}', expected a layer and a head such as L1H4", '“{found}”不是头的写法，应为一层加一个头，如 L1H4'],
  ["head '{found}', but this model has {layers} layers of {heads} heads, counted from 0", '没有“{found}”这个头：模型有 {layers} 层，每层 {heads} 个头，从 0 数起'],
  ['{head} does not come after {earlier}', '{head} 不在 {earlier} 之后'],

  // Texts and choices.
  ['the text has {tokens} tokens, expected at most n_ctx = {n_ctx}', '文本有 {tokens} 个词元，最多 n_ctx = {n_ctx} 个。'],
  ['importance: expected a text of two tokens or more, found {found}', '测量各项的价值，文本至少要有两个词元，现在有 {found} 个。'],
  ['the importance of terms is measured over at least two tokens, found {found}', '测量各项的价值，文本至少要有两个词元，现在有 {found} 个。'],
  ['target token id {found}, expected 0 to {last}', '目标词元的编号是 {found}，应在 0 到 {last} 之间'],
  ['against token id {found}, expected 0 to {last}', '用来比较的词元的编号是 {found}，应在 0 到 {last} 之间'],
  ['source token id {found}, expected 0 to {last}', '源词元的编号是 {found}，应在 0 到 {last} 之间'],
  ['token id {found}, expected 0 to {last}', '词元编号是 {found}，应在 0 到 {last} 之间'],
  ['position {found}, expected 0 to {last}', '位置是 {found}，应在 0 到 {last} 之间'],
  ['source {found}, expected 0 to {last}', '源位置是 {found}，应在 0 到 {last} 之间'],

  // Training here.
  ['the task "text" needs a text, or a model with symbols', '请先给出要学习的文本。'],
  ['the training text has {tokens} tokens, expected at least n_ctx + 1 = {least}', '训练文本有 {tokens} 个字符，至少要有 {least} 个（序列长度加一）。'],
  [
    'this file holds no training run to go on with, only a model or nothing of ours; expected one that was saved from a live run',
    '这个文件里没有可以继续的训练，只有一个模型，或不是我们的文件；请选择从这里保存的训练。',
  ],
  [
    'training diverged at step {step}: the loss is not finite with a learning rate of {rate}; a lower learning_rate or a longer warmup helps',
    '训练在第 {step} 步发散：学习率 {rate} 时损失不再是有限的数；请降低学习率。',
  ],
  ['The worker that trains has stopped.', '负责训练的 Worker 已停止。'],

  // What did not arrive, and what a browser does not have.
  ['{file} could not be fetched from {url}: the server gave no answer, or none that this page may read.', '无法从 {url} 取得 {file}：服务器没有回应，或其回应不允许本页面读取。'],
  ['{file} could not be fetched: {url} answered {answer}.', '无法取得 {file}：{url} 的回应是 {answer}。'],
  ['{file} broke off: {url} did not send all of it.', '{file} 中断了：{url} 没有发完。'],
  ["There is no model '{model}' here, only {known}. The URL of a folder ends with /.", '这里没有模型“{model}”，只有 {known}。文件夹的网址以 / 结尾。'],
  ['This browser has no WebGL 2 to draw with: the figures are left out. The tables hold the same numbers.', '这个浏览器没有画图要用的 WebGL 2：图都略去。表里有同样的数字。'],
  [
    'The graphics were lost. The tables below have the numbers; reload the page if the figures do not come back.',
    '图形环境丢失了。下面的表里有数字；如果图没有回来，请重新载入页面。',
  ],
  [
    'This browser keeps pages from reading their own canvas, a protection against tracking. Characters outside of the Latin alphabet are therefore shown in the figures by their numbers; allow canvas data for this page to see them.',
    '这个浏览器为了防止跟踪，不让页面读取自己的画布。因此图里拉丁字母以外的字符都显示成编码；要看到它们，请允许本页面读取画布数据。',
  ],
];
