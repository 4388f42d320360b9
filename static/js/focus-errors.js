/** Brings the summary of refused fields into view and hearing; its links lead into the fields. */
export function focusErrors() {
  document.querySelector("[data-focus-errors]")?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-focus-errors] a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) {
      return;
    }
    const field = target.matches("input, select, textarea")
      ? target
      : target.querySelector("input, select, textarea");
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });
}
