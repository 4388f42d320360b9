/** The sentences that the page gives its grid, in the reader's language. */
export function word(name) {
  return document.querySelector(`[data-words] [data-word="${name}"]`)?.textContent ?? name;
}

export function fill(name, values) {
  return word(name).replaceAll(/\{(\w+)\}/g, (_all, key) => String(values[key] ?? ""));
}
