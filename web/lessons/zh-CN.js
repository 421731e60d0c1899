// 把论文讲给全班听。各步的写法见 en.js。
const name = '小老虎蜂蜜糕不见了！大家都去找蜂蜜';
const trigram = '这里不但没有面包，';

export default [
  {
    title: '词元进去，出来的是什么？',
    figure: 'next-tokens', model: 'zh/two-layer', text: name, reading: 'tokens',
    says: '它认识的 {vocabulary} 个词元，每个都得一个 logit。在 {last} 之后，最高的是 {top}：{top-probability}。',
    notes: '模型读的是一小段一小段的文字，即词元；对词表里每一个词元作为下一个都打分，softmax 再把分数变成概率。这个名字它在训练中从没见过。先让全班猜：它怎么会知道？',
  },
  {
    title: '没有层：只凭一个词元，能知道什么？',
    figure: 'bigrams', model: 'zh/zero-layer', text: '老人点点头道', reading: 'zero-layers',
    says: '只知道什么后面跟着什么：{last} 之后是 {top}，概率 {top-probability}，前面是什么都一样。在数过的所有词元对上，它与计数的相关系数是 {correlation}。',
    notes: 'W_U W_E 本身就是一张二元组的表，直接从权重里读出来，什么都没有运行。每个点是以这个词元开头的一对，数过的；灰色是所有词元的。问一问：换一个开头会怎样？什么也不变。',
  },
  {
    title: '一个头：它看哪里？',
    figure: 'attention', model: 'zh/one-layer', text: trigram, change: { head: 'L0H6' }, reading: 'one-head',
    says: '从“{last}”出发，{shown} 看得最多的是 {most-token}，占它注意力的 {most-weight}。',
    notes: '一行是一个目标位置，一列是一个源位置，每行加起来等于一。看哪里由查询和键决定，这是 QK 电路。看到之后写什么，是另一个问题。',
  },
  {
    title: '它写下什么？',
    figure: 'paths', model: 'zh/one-layer', text: trigram, reading: 'path-expansion',
    says: '猜的是 {target}，最长的一条是 {largest}。',
    notes: '不但……，→ 而且：这是一个跳跃三元组，即源、目标、输出。一个头写什么，只取决于它看到什么，与是谁在看无关，这是 OV 电路。提醒大家：每一条都是同一个数的一部分。',
  },
  {
    title: '这样的头分得清一对一对吗？',
    figure: 'skip-trigrams', model: 'zh/one-layer', text: trigram, change: { head: 'L0H3' }, reading: 'one-layer',
    says: '分不清。它知道 {crossed-true}，于是也会说 {crossed-false}。{heads} 个头里有 {copying-heads} 个在复制。',
    notes: '论文把这叫作 bug，毛病。看哪里和写什么是两张表，相乘之后说不出“只有在这个后面才是那个”。一层所做的，大多是复制。',
  },
  {
    title: '张冠李戴：该接哪一个？',
    figure: 'paths', model: 'zh/one-layer', text: '船长大喊一声不', change: { head: 'L0H4' }, reading: 'path-expansion',
    says: '它猜 {target}，最长的一条是 {largest}：读到“一声”，就凑成“一声不响”。',
    notes: '同样的毛病，出现在一句话里。船长喊的该是“不好”，可这个头只读到“一声”。按 I 可以动手改一改要读的词元。',
  },
  {
    title: '两层，每层八个头：从词元到 logit 有多少条路？',
    figure: 'expansion', model: 'zh/two-layer', text: name, reading: 'path-expansion',
    says: '{paths} 条。它们加起来正是 {target} 的 logit：{logit}；和最多相差 {error}。',
    notes: '“和的乘积”展开就是“乘积的和”：直接路径一条，十六个头各一条，还有六十四对头，即虚拟注意力头。注意力模式给定，这就是精确的，没有遗漏。',
  },
  {
    title: '这些路径里，谁托起了这个猜测？',
    figure: 'paths', model: 'zh/two-layer', text: name, reading: 'path-expansion',
    says: '对 {target} 来说，最长的一条是 {largest}。',
    notes: '向右的条支持这个词元，向左的条反对它。排在前面的是第 1 层的头，它们读的是第一个“蜂蜜”之后的“糕”。它们怎么找到那里的？',
  },
  {
    title: '两层：哪些头在合作？',
    figure: 'composition', model: 'zh/two-layer', reading: 'composition',
    says: '从 {previous-token} 到 {induction}，减去随机水平之后：查询 {pair-q}，键 {pair-k}，值 {pair-v}。所有头对里，K-组合最强的是 {strongest-k}。',
    notes: '只看权重就能读出来：前面的头能写的，后面的头读得到多少？随机矩阵之间碰巧也有的那部分已经减掉。只有少数几对明显高出；与论文的模型不同，这里查询上也有几对。',
  },
  {
    title: '从没见过的名字，它怎么接下去？',
    figure: 'induction', model: 'zh/two-layer', text: name, reading: 'induction',
    says: '{induction} 看向 {most-token}（{most-weight}），也就是上一次接着来的词元。{next-token} 的概率是 {with}。',
    notes: '这是归纳头：找到当前词元以前出现的地方，看它后面是什么，再说一遍。它的键得知道每个词元前面是什么，这只能是前一层写的：第 0 层一个只看前一个的头。',
  },
  {
    title: '切断那一根线，还剩什么？',
    figure: 'induction', model: 'zh/two-layer', text: name, change: { target: '糕', cuts: ['L0H0>*:K'] }, reading: 'induction',
    says: '现在 {induction} 看得最多的是 {most-token}（{most-weight}），{next-token} 的概率是 {with}。',
    notes: '切断的只是 L0H0（只看前一个词元的头）写进第 1 层各键的那部分，其余照旧。这就是 K-组合，也是一层做不到的原因。可以退回一步对照。',
  },
  {
    title: '毫无意义的内容，它也行吗？',
    figure: 'induction', model: 'zh/two-layer', text: name, end: true, reading: 'induction',
    says: '随机词元再来一遍：两层答对 {second-two}，一层答对 {second-one}。',
    notes: '训练文本里没有哪段话是这样排的。这些头学到的不是词表，而是接下去的办法。问问大家：聊天时什么场合用得上它？',
  },
  {
    title: '虚拟注意力头值多少？',
    figure: 'importance', model: 'zh/two-layer', text: name, reading: 'virtual-heads',
    says: '占模型所学的 {virtual-share}（到目前量了 {measured-on} 个词元）：损失从 {loss-uniform} 起，只有直接路径时是 {loss-direct}，加上单个的头是 {loss-heads}，再加上成对的头是 {loss}。',
    notes: '经过两个头的路径，在这里让损失降得不多。第 0 层仍然重要：不是因为它写给 logit 的内容，而是因为它告诉第 1 层看哪里。你讲话时，测量还在继续。',
  },
];
