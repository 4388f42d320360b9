/** Brings the summary of refused fields to whoever reads by ear or keyboard. */
export function focusErrors(root) {
  root.querySelector("[data-focus]")?.focus();
}
