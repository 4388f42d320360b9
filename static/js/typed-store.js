/**
 * What was typed and is not saved yet, kept in this tab under the person and the page. Signing out in any
 * tab empties it, and so does another person's signing in.
 */
const PREFIX = "jamsostek-typed:";
const SIGNED_OUT = "jamsostek-signed-out";

export function typist() {
  return document.body.dataset.user ?? "";
}

export function keyOf(part) {
  return `${PREFIX}${typist()}:${location.pathname}:${part}`;
}

export function readTyped(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** True once it is kept; a browser that keeps nothing (full, or forbidden) says false. */
export function keepTyped(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function dropTyped(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept either.
  }
}

export function guardTyped() {
  window.addEventListener("storage", (event) => {
    if (event.key === SIGNED_OUT) {
      dropAll();
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-signs-out]") && !event.defaultPrevented) {
      dropAll();
      try {
        localStorage.setItem(SIGNED_OUT, String(Date.now()));
      } catch {
        // Other tabs find out when they next ask the server.
      }
    }
  });
  if (typist()) {
    dropAll((key) => !key.startsWith(`${PREFIX}${typist()}:`));
  }
}

function dropAll(chosen = () => true) {
  try {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
    keys.filter(chosen).forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Nothing was kept either.
  }
}
