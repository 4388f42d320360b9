/**
 * Sends rows one by one as they are left, and keeps what the server has not confirmed in this tab: through a
 * broken connection, an ended session, a reload.
 */
import { dropTyped, keepTyped, keyOf, readTyped } from "./typed-store.js";
import { fill, word } from "./grid-words.js";

const AT_ONCE = 3;
const PATIENCE = 20_000;
const TRY_AGAIN = 5_000;
const REST = 1_500;

export class Saving {
  /** `grid` knows the rows; `undo` is told the marks by which rows can be taken back. */
  constructor(grid, undo) {
    Object.assign(this, { grid, undo });
    this.key = keyOf("grid");
    this.queue = new Set();
    this.sending = new Map();
    this.resting = new Map();
    this.isPaused = false;
    this.isLeaving = false;
    window.addEventListener("online", () => this.resend());
    window.addEventListener("beforeunload", (event) => {
      this.isLeaving = true;
      if (grid.rows.some((row) => row.isDirty())) {
        event.preventDefault();
      }
    });
    grid.terms.addEventListener("change", () => this.judgeAgain());
    for (const button of document.querySelectorAll("[data-resend]")) {
      button.addEventListener("click", () => this.resend());
    }
  }

  /** The row may still be typed in: it is sent when it is left, or after a rest if it can stand. */
  touch(row) {
    this.isLeaving = false;
    this.keep();
    clearTimeout(this.resting.get(row));
    if (row.isDirty() && row.isReady()) {
      this.resting.set(row, setTimeout(() => this.send(row), REST));
    }
  }

  send(row) {
    clearTimeout(this.resting.get(row));
    if (row.isDirty() && (row.state === "typing" || row.state === "waiting" || row.state === "signedOut")) {
      this.queue.add(row);
      this.pump();
    }
  }

  /** Again whatever waits for the connection or for a sign-in. */
  resend() {
    this.isPaused = false;
    this.banner("");
    for (const row of this.grid.rows) {
      if (row.state === "waiting" || row.state === "signedOut") {
        this.send(row);
      }
    }
  }

  /** Rows may have been refused because of the terms. */
  judgeAgain() {
    for (const row of this.grid.rows.filter((one) => one.state === "refused" && one.isDirty())) {
      row.settle("typing");
      this.send(row);
    }
  }

  /** When nothing is under way any more. */
  async settled() {
    while (this.sending.size > 0) {
      // What arrives meanwhile is waited for too, round after round.
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(this.sending.values());
    }
  }

  pump() {
    for (const row of this.queue) {
      if (this.isPaused || this.sending.size >= AT_ONCE) {
        break;
      }
      if (this.sending.has(row) || (!row.enrolment && this.isAdding())) {
        continue;
      }
      this.queue.delete(row);
      const done = this.post(row).finally(() => {
        this.sending.delete(row);
        this.keep();
        if (row.state === "typing" && !row.element.contains(document.activeElement)) {
          this.queue.add(row);
        }
        this.pump();
      });
      this.sending.set(row, done);
    }
    if (this.isPaused) {
      for (const row of this.queue) {
        row.settle(this.isPaused);
      }
      this.queue.clear();
    }
  }

  /** New rows go one after another, so that a pasted list keeps its order. */
  isAdding() {
    return [...this.sending.keys()].some((row) => !row.enrolment);
  }

  async post(row) {
    const sent = { ...row.typed };
    const body = termsOf(this.grid.terms);
    body.set("typist", this.grid.table.dataset.typist);
    body.set("enrolment", row.enrolment);
    body.set("revision", row.revision);
    body.set("because", row.because);
    for (const [field, text] of Object.entries(sent)) {
      body.set(field, text);
    }
    row.settle("sending");
    const answer = await ask(this.grid.table.dataset.rowUrl, body);
    if (answer.status === 200) {
      this.saved(row, answer.told, sent);
    } else if (answer.status === 422) {
      // What was typed meanwhile is still to be judged.
      this.refused(row, answer.told, JSON.stringify(row.typed) !== JSON.stringify(sent));
    } else if (answer.status === 409) {
      row.settle("conflict", answer.told.sentence, {}, answer.told.row);
    } else if (answer.status === 404) {
      row.settle("refused", word("gone"));
    } else {
      this.pause(row, answer.status === "signed out" ? "signedOut" : "waiting");
      return;
    }
    this.banner("");
    if (row.state) {
      this.grid.say(row.spoken());
    }
  }

  saved(row, told, sent) {
    const twin = this.grid.rows.find((other) => other !== row && other.enrolment === String(told.row.enrolment));
    const target = twin ?? row;
    if (!twin && !row.enrolment && told.kind !== "same") {
      this.grid.count(1);
    }
    target.take(told.row, twin ? {} : sent);
    this.grid.told(told);
    if (told.undo) {
      this.undo.saved(target, told.undo);
    }
    if (twin) {
      row.clear();
      row.settle("", fill("alsoAt", { n: twin.number }));
      this.grid.say(row.note);
    } else if (told.kind === "same" && Object.keys(sent).includes("nik")) {
      row.settle(row.state, word("same"));
    }
  }

  /** A row that only needs its reason keeps a place for it. */
  refused(row, { sentence, faults, asks = [], offers = {} }, isOld) {
    if (asks.length > 0 && !isOld && !sentence && Object.keys(faults).length === 0) {
      row.ask(asks, offers);
    } else {
      row.settle(isOld ? "typing" : "refused", [sentence, ...asks].filter(Boolean).join(" "), faults);
    }
  }

  /** What was asked of a row is answered: it is sent again with the reason. */
  answer(row, because) {
    row.because = because.trim();
    if (row.because) {
      row.settle("typing");
      this.send(row);
    }
  }

  pause(row, state) {
    row.settle(state);
    this.isPaused = state;
    this.banner(state === "signedOut" ? "signed-out" : "waiting");
    this.grid.say(row.spoken());
    if (state === "waiting") {
      clearTimeout(this.again);
      this.again = setTimeout(() => this.isPaused === "waiting" && this.resend(), TRY_AGAIN);
    }
  }

  banner(name) {
    for (const banner of document.querySelectorAll("[data-banner]")) {
      banner.hidden = banner.dataset.banner !== name;
    }
  }

  keep() {
    if (this.isLeaving) {
      // An answer that comes now may be younger than the page that is on its way: that page asks again.
      return;
    }
    const dirty = this.grid.rows.filter((row) => row.isDirty());
    if (dirty.length > 0) {
      keepTyped(
        this.key,
        dirty.map(({ enrolment, revision, typed }) => ({ enrolment, revision, typed })),
      );
    } else {
      dropTyped(this.key);
    }
  }

  /** After a reload: the rows that were waiting, typed again and sent. */
  restore() {
    for (const { enrolment, revision, typed } of readTyped(this.key) ?? []) {
      const row = this.grid.rows.find((one) => one.enrolment === enrolment && enrolment) ?? this.grid.emptyRow();
      if (!row) {
        continue;
      }
      if (enrolment) {
        Object.assign(row, { enrolment, revision });
      }
      row.typed = { ...typed };
      row.settle("typing");
      this.queue.add(row);
    }
    this.pump();
  }
}

/** `{status, told}`; the status is "signed out" or "waiting" where the server gave no answer of its own. */
export async function ask(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect" || response.status === 403) {
      return { status: "signed out" };
    }
    const isOurs = response.headers.get("content-type")?.startsWith("application/json");
    if (isOurs) {
      return { status: response.status, told: await response.json() };
    }
    return { status: response.status === 404 ? 404 : "waiting" };
  } catch {
    return { status: "waiting" };
  }
}

/** The cookie's token is the one in force after a sign-in in another tab. */
function token() {
  const cookie = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
  return cookie ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function termsOf(form) {
  const body = new URLSearchParams();
  for (const field of form.querySelectorAll("[name]")) {
    if (field.type !== "checkbox" || field.checked) {
      body.append(field.name, field.value);
    }
  }
  return body;
}
