// The lines of a text that wraps at spaces and between Chinese characters, marks staying with the
// character before them; what is wider than a line by itself, such as an address, breaks anywhere.
export function wrapped(context, text, width) {
  return text.split('\n').flatMap((line) => lines_of(context, line, width));
}

function lines_of(context, text, width) {
  const fits = (line) => context.measureText(line).width <= width;
  const lines = [];
  let line = '';
  for (let piece of text.match(/ ?(\p{sc=Han}[，。；：、！？”」）]*|[^ \p{sc=Han}]+)/gu) ?? []) {
    if (line && !fits(line + piece)) {
      lines.push(line);
      line = '';
      piece = piece.trimStart();
    }
    line += piece;
    while (!fits(line)) {
      const most = longest_start(line, fits);
      if (most === line.length) break; // one character that is wider than all
      lines.push(line.slice(0, most));
      line = line.slice(most);
    }
  }
  return [...lines, line];
}

// Of how many units the longest start that fits is, one character at least; none is cut in two.
function longest_start(text, fits) {
  let length = 0;
  for (const character of text) {
    if (length > 0 && !fits(text.slice(0, length + character.length))) break;
    length += character.length;
  }
  return length;
}
