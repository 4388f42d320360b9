/**
 * A second click on the button of a form with data-submit-once does nothing while the first is under way.
 * After a while, and when the back button shows the page again, it may be sent anew.
 */
const PATIENCE = 15_000;

export function submitOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-submit-once]")) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) {
      return;
    }
    form.dataset.sent = "yes";
    // The button's own name and value belong to the request, so it is disabled only afterwards.
    setTimeout(() => form.dataset.sent && enable(form, false));
    setTimeout(() => release(form), PATIENCE);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach(release);
  });
}

function release(form) {
  delete form.dataset.sent;
  enable(form, true);
}

function enable(form, on) {
  for (const element of form.elements) {
    if (element.type === "submit") {
      element.disabled = !on;
    }
  }
}
