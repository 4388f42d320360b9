/**
 * Asks before a page is left whose form with data-guard holds values that were typed but not saved. A form
 * that came back refused holds such values from the start.
 */
export function guardUnsaved() {
  const atFirst = new Map();
  for (const form of document.querySelectorAll("form[data-guard]")) {
    const refused = form.querySelector("[data-focus-errors]");
    atFirst.set(form, refused ? "" : content(form));
  }
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) {
      atFirst.delete(event.target);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...atFirst].some(([form, before]) => form.isConnected && content(form) !== before)) {
      event.preventDefault();
    }
  });
}

function content(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
