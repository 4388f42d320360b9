/** One row of the grid: what is stored, what is typed over it, and how both are shown. */
import { fill, word } from "./grid-words.js";

export class Row {
  constructor(element) {
    this.element = element;
    this.number = element.querySelector(".grid-number").textContent.trim();
    this.cells = new Map();
    for (const cell of element.querySelectorAll("[data-field]")) {
      this.cells.set(cell.dataset.field, cell);
    }
    this.enrolment = element.dataset.enrolment ?? "";
    this.revision = element.dataset.revision ?? "";
    this.stored = {};
    for (const [field, cell] of this.cells) {
      this.stored[field] = this.enrolment ? cell.textContent.trim() : "";
    }
    this.typed = {};
    this.faults = {};
    this.state = this.rest();
    this.note = "";
    this.theirs = null;
    // Questions that the server asks of what was typed, and the answer that goes with it.
    this.asks = [];
    this.because = "";
    // By field what the server offers in place of what was typed.
    this.offers = {};
  }

  text(field) {
    return this.typed[field] ?? this.stored[field] ?? "";
  }

  mayEdit() {
    return true;
  }

  textToEdit(field) {
    return this.text(field);
  }

  inputMode() {
    return "text";
  }

  /** The state of a row in which nothing is typed. */
  rest() {
    return this.enrolment ? "saved" : "";
  }

  /** Whether enough is typed for the row to be sent before it is left. */
  isReady() {
    return true;
  }

  isDirty() {
    return Object.keys(this.typed).length > 0;
  }

  /** False where nothing changed by it. */
  type(field, text) {
    if (text === this.text(field) || !this.mayEdit(field)) {
      return false;
    }
    if (text === (this.stored[field] ?? "")) {
      delete this.typed[field];
    } else {
      this.typed[field] = text;
    }
    delete this.faults[field];
    Object.assign(this, { asks: [], because: "" });
    if (this.state !== "conflict") {
      this.state = this.isDirty() ? "typing" : this.rest();
      this.note = "";
    }
    this.show();
    return true;
  }

  /** Stored by the server; what was typed since it was sent stays typed. */
  take(told, sent = this.typed) {
    for (const [field, text] of Object.entries({ ...sent })) {
      if (this.typed[field] === text) {
        delete this.typed[field];
      }
    }
    this.enrolment = String(told.enrolment);
    this.revision = String(told.revision);
    this.stored = { ...told.cells };
    this.tell(told);
    this.settle(this.isDirty() ? "typing" : this.rest());
  }

  /** What stands beside the cells. */
  tell(told) {
    this.cell("[data-doubts]").textContent = told.doubts.join(" ");
  }

  /** An empty row again. */
  clear() {
    this.enrolment = this.revision = "";
    this.stored = {};
    this.typed = {};
    this.tell({ months: "", doubts: [] });
    this.settle("");
  }

  settle(state, note = "", faults = {}, theirs = null) {
    Object.assign(this, { state, note, faults, theirs, asks: [] });
    this.show();
  }

  /** What was typed is stored once somebody says why it is right. */
  ask(asks, offers) {
    this.settle("asked");
    Object.assign(this, { asks, offers });
    this.showNote();
  }

  cell(selector) {
    return this.element.querySelector(selector);
  }

  show() {
    this.element.dataset.state = this.state;
    this.element.classList.toggle("grid-new", !this.enrolment);
    for (const [field, cell] of this.cells) {
      if (!cell.querySelector("input")) {
        cell.textContent = this.text(field);
      }
      cell.toggleAttribute("data-typed", field in this.typed);
      cell.setAttribute("aria-invalid", String(field in this.faults));
      cell.setAttribute("aria-readonly", String(!this.mayEdit(field)));
    }
    this.cell("[data-state]").textContent = this.state ? word(this.state) : "";
    this.showNote();
  }

  /** Under the row stands what is wrong with it, and after a conflict the choice. */
  showNote() {
    const parts = Object.entries(this.faults).map(([field, text]) => {
      const column = columnName(field);
      return text.startsWith(column) ? text : `${column}: ${text}`;
    });
    const sentence = [this.note, ...parts, ...this.asks].filter(Boolean).join(" ");
    let line = this.element.nextElementSibling;
    if (!line?.matches(".grid-note")) {
      line = null;
    }
    if (!sentence) {
      line?.remove();
      return;
    }
    if (!line) {
      line = document.createElement("tr");
      line.className = "grid-note";
      line.append(document.createElement("td"));
      line.firstChild.colSpan = this.element.children.length;
      this.element.after(line);
    }
    const said = document.createElement("div");
    said.textContent = this.state ? `${word(this.state)}: ${sentence}` : sentence;
    line.firstChild.replaceChildren(said, ...this.choice(), ...this.answer());
  }

  choice() {
    if (!this.theirs) {
      return [];
    }
    const differing = Object.entries(this.theirs.cells).filter(([field, text]) => {
      return field in this.typed ? this.typed[field] !== text : this.stored[field] !== text;
    });
    const stored = document.createElement("p");
    const told = differing.map(([field, text]) => `${columnName(field)} “${text}”`).join(", ");
    stored.textContent = `${word("stored")} ${told}`;
    return [stored, choiceButton("mine"), choiceButton("theirs")];
  }

  /** Where the reason is typed; Enter sends it. */
  answer() {
    if (this.asks.length === 0) {
      return [];
    }
    const label = document.createElement("label");
    label.className = "grid-because";
    const input = document.createElement("input");
    input.maxLength = 250;
    input.autocomplete = "off";
    input.value = this.because;
    input.dataset.because = "";
    label.append(word("because"), " ", input);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button primary";
    button.dataset.answer = "";
    button.textContent = word("answer");
    return [...Object.entries(this.offers).map(offerButton), label, button];
  }

  spoken() {
    const text = [word(this.state), this.note, ...this.asks].filter(Boolean).join(". ");
    return fill("row", { n: this.number, text });
  }
}

export function columnName(field) {
  return document.querySelector(`[data-column="${field}"]`)?.textContent ?? field;
}

function offerButton([field, text]) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button primary";
  Object.assign(button.dataset, { offer: text, offerField: field });
  button.textContent = fill("lower", { n: text });
  return button;
}

function choiceButton(name) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.choose = name;
  button.textContent = word(name);
  return button;
}
