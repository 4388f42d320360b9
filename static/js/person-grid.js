/** The grid of persons: rows grow at its end, and a NIK once stored stays. */
import { Grid } from "./grid.js";
import { Row } from "./grid-row.js";
import { word } from "./grid-words.js";

const SPARE = 5;

class PersonRow extends Row {
  /** A stored NIK is shown masked and stays. */
  mayEdit(field) {
    return !(field === "nik" && this.enrolment);
  }

  /** What is stored of a telephone, or of an office's own personal field, is masked: it is typed anew. */
  textToEdit(field) {
    return isMasked(field) && !(field in this.typed) ? "" : this.text(field);
  }

  inputMode(field) {
    return field === "nik" || field === "phone" ? "numeric" : "text";
  }

  isReady() {
    return Boolean(this.enrolment || (this.text("nik") && this.text("name")));
  }

  tell(told) {
    delete this.typed.nik;
    this.cell("[data-months]").textContent = told.months;
    super.tell(told);
  }
}

class PersonGrid extends Grid {
  constructor(table) {
    super(table, PersonRow);
  }

  first() {
    return this.rows.find((row) => !row.enrolment) ?? this.rows[0];
  }

  /** A block with NIK goes to new rows, never over persons that are stored. */
  startOf(block, column) {
    const at = super.startOf();
    const isTaken = this.rows.slice(at, at + block.length).some((row) => row.enrolment);
    return column === 0 && isTaken ? this.rows.indexOf(this.emptyRow()) : at;
  }

  /** The first of the rows at the end in which nothing stands. */
  emptyRow() {
    const last = this.rows.findLastIndex((row) => row.enrolment || row.isDirty());
    if (last + 1 === this.rows.length) {
      this.keepSpare();
    }
    return this.rows[last + 1];
  }

  /** Empty rows at the end, and room for `more` rows that are about to be filled. */
  keepSpare(more = 0) {
    this.pattern ??= this.rows.at(-1).element.cloneNode(true);
    const last = this.rows.findLastIndex((row) => row.enrolment || row.isDirty());
    const wanted = this.rows.length + Math.max(more, 0) + (more > 0 ? SPARE : 0);
    while (this.rows.length < wanted || this.rows.length - 1 - last < SPARE) {
      const element = this.pattern.cloneNode(true);
      const number = Number(this.rows.at(-1).number.replaceAll(/\D/g, "")) + 1;
      element.querySelector(".grid-number").textContent = number.toLocaleString(document.documentElement.lang);
      this.rows.at(-1).element.parentElement.append(element);
      const row = new PersonRow(element);
      this.rows.push(row);
      this.prepare(row);
    }
  }

  count(by) {
    const shown = document.querySelector("[data-count]");
    const now = Number(shown.textContent.replaceAll(/\D/g, "")) + by;
    shown.textContent = now.toLocaleString(document.documentElement.lang);
  }

  refuseEdit() {
    this.say(word("nikFixed"));
  }
}

function isMasked(field) {
  return "masked" in document.querySelector(`[data-column="${field}"]`).dataset;
}

const table = document.querySelector("[data-grid]");
if (table) {
  new PersonGrid(table);
}
