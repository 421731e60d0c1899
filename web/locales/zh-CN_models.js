// Why the engine refuses a model, in Chinese: pairs for phrases.js.
const to_safetensors =
  '; convert it where PyTorch is: safetensors.torch.save_file(torch.load("model.pt", map_location="cpu"), "model.safetensors")';
const to_safetensors_zh =
  '；请在有 PyTorch 的地方转换：safetensors.torch.save_file(torch.load("model.pt", map_location="cpu"), "model.safetensors")';
const attention_only =
  '; expected an attention-only transformer under TransformerLens\'s names (embed.W_E, blocks.0.attn.W_Q, ...), as safetensors.torch.save_file(model.state_dict(), "model.safetensors") writes for a HookedTransformer';
const attention_only_zh =
  '；需要只有注意力层的 Transformer，张量用 TransformerLens 的名称（embed.W_E、blocks.0.attn.W_Q 等），即 HookedTransformer 用 safetensors.torch.save_file(model.state_dict(), "model.safetensors") 存下的文件';
const both_types =
  'normalization_type (null, "LN" or "LNPre"; TransformerLens\'s default is "LN") and positional_embedding_type ("standard" or "shortformer"; TransformerLens\'s default is "standard") in every config, since weights alone do not tell them';
const both_types_zh =
  '配置里要写明 normalization_type（null、"LN" 或 "LNPre"，TransformerLens 默认 "LN"）和 positional_embedding_type（"standard" 或 "shortformer"，TransformerLens 默认 "standard"），因为只看权重分辨不出来';

export default [
  // Files of another kind.
  [`{file} is a ZIP archive, as torch.save writes (.pt, .pth, .bin)${to_safetensors}`, `{file} 是 torch.save 写出的 ZIP 文件（.pt、.pth、.bin）${to_safetensors_zh}`],
  [`{file} is a Python pickle${to_safetensors}`, `{file} 是 Python 的 pickle 文件${to_safetensors_zh}`],
  ["{file} is a Git LFS pointer, not the file itself; fetch the file with `git lfs pull`, or from the host's own download link", '{file} 只是 Git LFS 的指针，不是文件本身；请用 git lfs pull 或网站的下载链接取得文件'],
  ['{file} is a GGUF file of llama.cpp; take the model that it was made from, saved as safetensors', '{file} 是 llama.cpp 的 GGUF 文件；请用转换之前的模型，存成 safetensors'],
  ['{file} is an HDF5 file; save the tensors as safetensors', '{file} 是 HDF5 文件；请把张量存成 safetensors'],
  ['{file} is a NumPy array; save the tensors with safetensors.numpy.save_file', '{file} 是 NumPy 数组；请用 safetensors.numpy.save_file 保存张量'],
  ['{file} is the `._` file that macOS writes beside a file, not the file itself; take the file whose name does not start with `._`', '{file} 是 macOS 写在文件旁边的“._”文件，不是文件本身；请选名称不以“._”开头的那个'],
  ['{file} is a gzip archive; unpack it first', '{file} 是 gzip 压缩文件；请先解压'],
  ['{file} is a zstd archive; unpack it first', '{file} 是 zstd 压缩文件；请先解压'],
  ['{file} is a text in UTF-16; save it as UTF-8', '{file} 是 UTF-16 文本；请存成 UTF-8'],
  ['{file} is a web page (HTML or XML), not the file itself; download the file itself: a host that finds nothing often answers with a page', '{file} 是一个网页（HTML 或 XML），不是文件本身；请下载文件本身：网站找不到文件时，常常回一个网页'],

  // A safetensors file that is not whole.
  ['{file} is missing or empty', '没有 {file}，或者它是空的'],
  ["{file} has {found} bytes, expected the header's length in the first 8: it is no safetensors file", '{file} 只有 {found} 字节，而前 8 个字节应是文件头的长度：它不是 safetensors 文件'],
  ["{file} is no safetensors file: its header's length would be {found} bytes, expected at most {most}", '{file} 不是 safetensors 文件：照它所写，文件头有 {found} 字节，最多应为 {most}'],
  ['{file} is no safetensors file: its header is not a JSON object', '{file} 不是 safetensors 文件：它的文件头不是 JSON 对象'],
  ['{file} is cut short: its header takes {header} bytes, but only {found} follow', '{file} 不完整：文件头应有 {header} 字节，后面却只有 {found} 字节'],
  ['tensor {name} of {file} ends at offset {end}, but only {found} bytes follow the header: the file is cut short', '{file} 不完整：张量 {name} 应到第 {end} 字节为止，文件头之后却只有 {found} 字节'],
  ['{file} has {found} bytes after its header, expected {end}, where its last tensor ends', '{file} 在文件头之后有 {found} 字节，应为 {end}，即最后一个张量的末尾'],
  ['tensor {name} has {found} at {index}, expected finite numbers', '张量 {name} 在 {index} 处是 {found}，应为有限的数'],

  // The config.
  ['the config in the __metadata__ of {file}', '{file} 的 __metadata__ 里的 config'],
  ["{file} has no {key}: it is a Hugging Face config (model_type {type}), expected TransformerLens's words: n_layers, d_model, n_heads, d_head, n_ctx, d_vocab", '{file} 里没有 {key}：它是 Hugging Face 的配置（model_type {type}）；需要 TransformerLens 的写法：n_layers、d_model、n_heads、d_head、n_ctx、d_vocab'],
  [`{file} has no normalization_type, expected ${both_types}`, `{file} 里没有 normalization_type；${both_types_zh}`],
  [`{file} has no positional_embedding_type, expected ${both_types}`, `{file} 里没有 positional_embedding_type；${both_types_zh}`],
  ...['n_layers', 'd_model', 'n_heads', 'd_head', 'n_ctx', 'd_vocab'].map((key) => [`{file} has no ${key}, expected {expected}`, `{file} 里没有 ${key}，应为{expected}`]),
  ['a whole number from {least} to {most}', '从 {least} 到 {most} 的整数'],
  ['{file} is not JSON: {reason}', '{file} 不是 JSON：{reason}'],
  ['{file}: positional_embedding_type is {found}, expected "shortformer" or "standard"', '{file}：positional_embedding_type 是 {found}，应为 "shortformer" 或 "standard"'],
  ['{file}: normalization_type is {found}, expected null, "LN" or "LNPre"', '{file}：normalization_type 是 {found}，应为 null、"LN" 或 "LNPre"'],
  ['{file}: attn_only is {found}, expected true: models with MLPs are not read', '{file}：attn_only 是 {found}，应为 true：带 MLP 的模型打不开'],
  [
    'default_prepend_bos is true in the config, but neither the tokenizer\'s post-processor nor a tokenizer_config.json names the token; expected bos_token in tokenizer_config.json, or default_prepend_bos false',
    '配置里 default_prepend_bos 是 true，但分词器的后处理器和 tokenizer_config.json 都没有指明是哪个词元；请在 tokenizer_config.json 里写 bos_token，或把 default_prepend_bos 写成 false',
  ],

  // The tensors.
  [`{file} has no tensor embed.W_E; found {count} tensors: {names}${attention_only}`, `{file} 里没有张量 embed.W_E；有 {count} 个张量：{names}${attention_only_zh}`],
  [`{file} holds a {kind} under Hugging Face's names, a model with MLPs (tensor {name})${attention_only}`, `{file} 里是用 Hugging Face 名称的 {kind}，带 MLP（张量 {name}）${attention_only_zh}`],
  [`tensor {name} is an MLP's: models with MLPs, such as GPT-2, are not read${attention_only}`, `张量 {name} 属于 MLP：带 MLP 的模型（如 GPT-2）打不开${attention_only_zh}`],
  ['{file} has no tensor {name}, expected one of shape {shape} = [{words}]', '{file} 里没有张量 {name}，它的形状应为 {shape} = [{words}]'],
  ['tensor {name} has shape {found}, expected {shape} = [{words}] of the config', '张量 {name} 的形状是 {found}，按配置应为 {shape} = [{words}]'],
  ['tensor {name} is none that an attention-only transformer has; left out, the logits would be others', '张量 {name} 不属于只有注意力层的 Transformer；略去它，logit 就变了'],
  ['{file} has tensors of {found} layers, the highest blocks.{highest}, expected n_layers = {n_layers} of the config, counted from 0', '{file} 里有 {found} 层的张量，最高是 blocks.{highest}；配置里 n_layers = {n_layers}，从 0 数起'],

  // What is told of a model that is opened.
  ["The tensors' names start with {prefix}; they were read without it.", '张量的名称都以 {prefix} 开头，读取时去掉了它。'],
  ['The tokenizer has {tokens} tokens, but the model has d_vocab = {d_vocab}: a text that needs one of the others is refused.', '分词器有 {tokens} 个词元，而模型的 d_vocab = {d_vocab}：用到其余词元的文本会被拒绝。'],
  ["The tokenizer's {part} is not done here: texts are read as token ids.", '分词器的 {part} 这里不支持：文本按词元编号来读。'],
  ['{problem}; the text is read as ids because {reason}', '{problem}；文本按词元编号来读，因为{reason}'],
  ['the model has no tokenizer.json', '模型没有 tokenizer.json'],
  ["the tokenizer's {part} is not done here", '分词器的 {part} 这里不支持'],
  ['position {position}: expected a token id from 0 to {last}, found {found}', '位置 {position}：词元编号应在 0 到 {last} 之间，这里是 {found}'],
  ['position {position}: expected a token id beside the comma, found none', '位置 {position}：逗号旁边应有词元编号，这里没有'],
  ['position {position}: expected a token id (a decimal number), found {found}', '位置 {position}：应为词元编号（十进制数），这里是 {found}'],
  ['The browser gave this page no more memory. A shorter text or a smaller model may fit.', '浏览器不再给这个页面内存。文本短一些，或者模型小一些，也许就够了。'],
];
