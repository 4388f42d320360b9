/** When a part of the page is asked for and the sign-in page answers, the whole page goes there. */
export function leaveWhenSignedOut() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const answered = xhr.responseURL && new URL(xhr.responseURL).pathname;
    const asked = new URL(pathInfo.requestPath, location.href).pathname;
    if (answered && answered !== asked) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
}
