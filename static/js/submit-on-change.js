/** A form with data-submit-on-change is sent as soon as a choice is made. */
export function submitOnChange(root) {
  for (const form of root.querySelectorAll("form[data-submit-on-change]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}
