/** Buttons that copy a field; without them the text is selected and copied as ever. */
export const copyText = () => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    const status = button.parentElement.querySelector("[data-copy-status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        // Pages without HTTPS have no clipboard; the text is selected.
        return;
      }
      status.textContent = button.dataset.copied;
    });
  }
};
