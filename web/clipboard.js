// Whether the text could be put on the clipboard: a browser may keep that to itself.
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
