// DOM nodes from values. Strings become text nodes, never markup.

// element('button', {type: 'button', dataset: {role: 'x'}, 'aria-pressed': 'false'}, 'cut')
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'dataset') Object.assign(node.dataset, value);
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// The same from a description: ['p', {class: 'lead'}, ['button', ...], ...].
export function built([tag, attributes, ...parts]) {
  return element(tag, attributes, ...parts.map(built));
}

// The one element of that role: role('text') is [data-role=text]. An error where the page has none.
export function role(name, root = document) {
  const node = root.querySelector(`[data-role="${name}"]`);
  if (!node) throw new Error(`the page has no [data-role=${name}]`);
  return node;
}
