/**
 * A form with data-keep loses nothing: while it holds values that are not saved, they are kept in this tab,
 * and put back after a reload, a new sign-in or a broken connection. A saved form is forgotten once the next
 * page says so by a message tagged "stored". A form that came back from the server (data-keep-bound) holds its values.
 *
 * Hidden values go with the typed ones: an old revision makes the server show what changed meanwhile, and
 * the same mark of a sheet of money makes it one payment. Passwords, files and the token never are kept.
 */
import { dropTyped, keepTyped, keyOf, readTyped, typist } from "./typed-store.js";

const NEVER = new Set(["password", "file", "submit", "button", "reset", "image"]);
const SENT = "sent";

export function keepTypedForms() {
  if (!typist()) {
    return;
  }
  const sent = readTyped(sentKey());
  if (sent && document.querySelector(".messages [data-stored]")) {
    dropTyped(sent);
  }
  dropTyped(sentKey());
  document.querySelectorAll("form[data-keep]").forEach(keepForm);
}

function keepForm(form, index) {
  const key = keyOf(`form:${form.dataset.keep || form.id || index}`);
  const atFirst = content(form);
  const kept = readTyped(key);
  if (form.matches("[data-keep-bound]")) {
    keepTyped(key, atFirst);
  } else if (kept && differs(visible(form, kept), visible(form, atFirst))) {
    restore(form, kept, () => dropTyped(key), atFirst);
  }
  const note = () => {
    const now = content(form);
    if (differs(visible(form, now), visible(form, atFirst))) {
      keepTyped(key, now);
    } else {
      dropTyped(key);
    }
  };
  // Fields of a form may stand outside it.
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => event.target.form === form && note());
  }
  form.addEventListener("submit", () => {
    freshenToken(form);
    keepTyped(sentKey(), key);
  });
}

function restore(form, kept, forget, atFirst) {
  fill(form, kept);
  const notice = form.querySelector("[data-kept-notice]");
  if (!notice) {
    return;
  }
  fields(form).forEach((field, at) => {
    if (atFirst[at] && field.type !== "hidden" && atFirst[at][1] !== kept[at]?.[1]) {
      field.closest("details")?.setAttribute("open", "");
    }
  });
  notice.hidden = false;
  notice.querySelector("[data-forget-kept]").addEventListener("click", () => {
    forget();
    fill(form, atFirst);
    notice.hidden = true;
    form.querySelector("input:not([type=hidden], :disabled), select")?.focus();
  });
}

/** After a new sign-in in another tab the token in the form is old; the cookie has the one in force. */
function freshenToken(form) {
  const token = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
  const field = form.elements.namedItem("csrfmiddlewaretoken");
  if (token && field) {
    field.value = token;
  }
}

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !NEVER.has(field.type) && field.name !== "csrfmiddlewaretoken",
  );
}

function content(form) {
  return fields(form).map((field) => {
    const chosen = field.type === "checkbox" || field.type === "radio";
    return [field.name, chosen ? field.checked : field.value];
  });
}

function visible(form, values) {
  const hidden = new Set(fields(form).map((field) => (field.type === "hidden" ? field.name : "")));
  return values.filter(([name]) => !hidden.has(name));
}

function fill(form, values) {
  const found = fields(form);
  if (found.length !== values.length || found.some((field, at) => field.name !== values[at][0])) {
    return;
  }
  found.forEach((field, at) => {
    const value = values[at][1];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = value;
    } else if (!field.disabled) {
      field.value = value;
    }
  });
}

function differs(one, other) {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function sentKey() {
  return `jamsostek-typed:${typist()}:${SENT}`;
}
