/**
 * A form with data-submit-on-change is sent as soon as a choice is made by mouse or finger. By keyboard a
 * choice is only a step on the way: the form waits for Enter or for its button.
 */
export function submitOnChange() {
  const SELECTOR = "form[data-submit-on-change] select";
  let stepping = false;

  document.addEventListener("pointerdown", () => {
    stepping = false;
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(SELECTOR)) {
      return;
    }
    if (event.key === "Enter" && stepping) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    stepping = true;
  });
  document.addEventListener("change", (event) => {
    if (!stepping && event.target.matches(SELECTOR)) {
      event.target.form.requestSubmit();
    }
  });
}
