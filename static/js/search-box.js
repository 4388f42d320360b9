/**
 * The search on every page: "/" leads into it from anywhere but a field unless the
 * person switched that key off, arrows walk through what is suggested,
 * Escape and a click elsewhere put it away. Without this it is a form with a button.
 */
const TYPED = "input, textarea, select, [contenteditable]";

export function openSearch() {
  const form = document.querySelector("form[data-search-box]");
  if (!form) {
    return;
  }
  const input = form.querySelector("input[type=search]");
  const panel = form.querySelector(".suggestions");
  if (input.getAttribute("aria-keyshortcuts") === "/") {
    leadInto(input);
  }
  showSuggestions(form, input, panel);
  walk(form, input, panel);
}

function leadInto(input) {
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && plain && !event.defaultPrevented && !event.target.closest?.(TYPED)) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}

function showSuggestions(form, input, panel) {
  panel.addEventListener("htmx:afterSwap", () => {
    panel.hidden = input.value.trim() === "";
  });
  input.addEventListener("input", () => {
    panel.hidden ||= input.value.trim() === "";
  });
  document.addEventListener("click", (event) => {
    panel.hidden ||= !form.contains(event.target);
  });
  form.addEventListener("focusout", (event) => {
    panel.hidden ||= event.relatedTarget !== null && !form.contains(event.relatedTarget);
  });
}

function walk(form, input, panel) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) {
      panel.hidden = true;
      input.focus();
      event.preventDefault();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const places = [input, ...panel.querySelectorAll("a, button")];
    const next = places[places.indexOf(event.target) + step];
    if (step && next && places.includes(event.target)) {
      panel.hidden &&= panel.childElementCount === 0;
      next.focus();
      event.preventDefault();
    }
  });
}
