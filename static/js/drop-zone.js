/** A file dropped anywhere on a page with a drop zone is sent as if it had been chosen in it. */
export function takeDrops() {
  const form = document.querySelector("form[data-drop]");
  const input = form?.querySelector('input[type="file"]');
  if (!input) {
    return;
  }
  input.addEventListener("change", () => input.files.length > 0 && form.requestSubmit());
  document.addEventListener("dragover", (event) => {
    if (isFile(event)) {
      event.preventDefault();
      form.dataset.over = "";
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      delete form.dataset.over;
    }
  });
  document.addEventListener("drop", (event) => {
    if (!isFile(event) || event.target.closest('input[type="file"]')) {
      return;
    }
    event.preventDefault();
    delete form.dataset.over;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

function isFile(event) {
  return event.dataTransfer?.types.includes("Files");
}
