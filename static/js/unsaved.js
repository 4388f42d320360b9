/** Asks before a page with typed but unsent values is left. */
export function guardUnsaved(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    let typed = false;
    form.addEventListener("input", () => {
      typed = true;
    });
    form.addEventListener("submit", () => {
      typed = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (typed) {
        event.preventDefault();
      }
    });
  }
}
