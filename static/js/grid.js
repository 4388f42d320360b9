/** The grid of persons: moved through and typed in by keyboard, filled by pasting, saved row by row. */
import { fill, word } from "./grid-words.js";
import { Row, columnName } from "./grid-row.js";
import { Saving } from "./grid-saving.js";
import { Undo } from "./grid-undo.js";
import { parseBlock } from "./grid-paste.js";
import { listen } from "./grid-keys.js";

const SPARE = 5;

class Grid {
  constructor(table) {
    this.table = table;
    this.terms = document.querySelector("[data-terms]");
    this.rows = [...table.querySelectorAll("[data-row]")].map((element) => new Row(element));
    this.fields = [...table.querySelectorAll("[data-column]")].map((head) => head.dataset.column);
    this.pattern = this.rows.at(-1).element.cloneNode(true);
    this.undo = new Undo(this);
    this.saving = new Saving(this, this.undo);
    this.active = null;
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", table.parentElement.getAttribute("aria-label"));
    this.rows.forEach((row) => this.prepare(row));
    this.activate(this.rows.find((row) => !row.enrolment) ?? this.rows[0], this.fields[0], false);
    document.querySelector("[data-grid-keys]").hidden = false;
    this.saving.restore();
    this.keepSpare();
  }

  prepare(row) {
    for (const cell of row.cells.values()) {
      cell.tabIndex = -1;
    }
    row.show();
  }

  /** The one cell that Tab leads to, and where typing goes. */
  activate(row, field, isFocused = true) {
    const left = this.active?.row;
    if (this.active) {
      this.active.row.cells.get(this.active.field).tabIndex = -1;
    }
    this.active = { row, field };
    const cell = row.cells.get(field);
    cell.tabIndex = 0;
    if (isFocused) {
      cell.focus();
    }
    if (left && left !== row) {
      this.saving.send(left);
    }
  }

  /** False at the edge of the grid. */
  move(down, right) {
    const { row, field } = this.active;
    const to = this.rows[this.rows.indexOf(row) + down];
    const column = this.fields[this.fields.indexOf(field) + right];
    if (!to || !column) {
      return false;
    }
    this.activate(to, column);
    return true;
  }

  /** To the next cell in the order of reading. */
  step(by) {
    const at = this.fields.indexOf(this.active.field) + by;
    if (at >= 0 && at < this.fields.length) {
      return this.move(0, by);
    }
    const to = this.rows[this.rows.indexOf(this.active.row) + by];
    if (!to) {
      return false;
    }
    this.activate(to, this.fields.at(by > 0 ? 0 : -1));
    return true;
  }

  /** A cell's new text, from the keyboard, a paste or a deletion. */
  type(row, field, text) {
    const before = row.text(field);
    if (row.type(field, text)) {
      this.undo.typed(row, field, before);
      this.saving.touch(row);
      this.keepSpare();
    }
  }

  /** A block with NIK goes to new rows, never over persons that are stored. */
  paste(text) {
    const block = parseBlock(text);
    if (!block.length) {
      return;
    }
    const column = this.fields.indexOf(this.active.field);
    let at = this.rows.indexOf(this.active.row);
    const bringsNik = column === 0;
    if (bringsNik && this.rows.slice(at, at + block.length).some((row) => row.enrolment)) {
      at = this.rows.indexOf(this.emptyRow());
    }
    this.keepSpare(at + block.length - this.rows.length + SPARE);
    const filled = block.map((cells, index) => {
      const row = this.rows[at + index];
      cells.slice(0, this.fields.length - column).forEach((cell, offset) => {
        this.type(row, this.fields[column + offset], cell);
      });
      return row;
    });
    filled.forEach((row) => this.saving.send(row));
    this.activate(filled[0], this.active.field);
    this.say(fill("pasted", { count: filled.length, n: filled[0].number }));
  }

  choose(row, whose) {
    const theirs = row.theirs;
    if (whose === "theirs") {
      row.typed = {};
      row.take(theirs);
    } else {
      row.revision = String(theirs.revision);
      row.stored = { ...theirs.cells };
      row.settle("typing");
      this.saving.send(row);
    }
    this.saving.keep();
    this.activate(row, this.active.field);
  }

  /** The first of the rows at the end in which nothing stands. */
  emptyRow() {
    const last = this.rows.findLastIndex((row) => row.enrolment || row.isDirty());
    if (last + 1 === this.rows.length) {
      this.keepSpare();
    }
    return this.rows[last + 1];
  }

  keepSpare(wanted = SPARE) {
    const last = this.rows.findLastIndex((row) => row.enrolment || row.isDirty());
    for (let spare = this.rows.length - 1 - last; spare < wanted; spare += 1) {
      const element = this.pattern.cloneNode(true);
      const number = Number(this.rows.at(-1).number.replace(/\D/g, "")) + 1;
      element.querySelector(".grid-number").textContent = number.toLocaleString(document.documentElement.lang);
      this.rows.at(-1).element.parentElement.append(element);
      const row = new Row(element);
      this.rows.push(row);
      this.prepare(row);
    }
  }

  /** How many persons the month has, after one came or went. */
  count(by) {
    const shown = document.querySelector("[data-count]");
    const now = Number(shown.textContent.replace(/\D/g, "")) + by;
    shown.textContent = now.toLocaleString(document.documentElement.lang);
  }

  label(row, field) {
    return fill("row", { n: row.number, text: columnName(field) });
  }

  say(sentence) {
    document.querySelector("[data-said]").textContent = sentence;
  }

  refuseNik() {
    this.say(word("nikFixed"));
  }
}

const table = document.querySelector("[data-grid]");
if (table) {
  listen(new Grid(table));
}
