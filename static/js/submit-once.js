/** A second click on the button of a form that is under way does nothing. */
export function submitOnce(root) {
  for (const form of root.querySelectorAll("form[data-submit-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
    });
  }
  // The back button shows the page as it was left: it may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-submit-once]")) {
      delete form.dataset.sent;
    }
  });
}
