/** A grid: moved through and typed in by keyboard, filled by pasting, saved row by row. Kinds of grids extend it. */
import { fill, word } from "./grid-words.js";
import { Row, columnName } from "./grid-row.js";
import { Saving } from "./grid-saving.js";
import { Undo } from "./grid-undo.js";
import { parseBlock } from "./grid-paste.js";
import { listen } from "./grid-keys.js";

export class Grid {
  constructor(table, RowKind = Row) {
    this.table = table;
    this.terms = document.querySelector("[data-terms]");
    this.rows = [...table.querySelectorAll("[data-row]")].map((element) => new RowKind(element));
    this.fields = [...table.querySelectorAll("[data-column]")].map((head) => head.dataset.column);
    this.undo = new Undo(this);
    this.saving = new Saving(this, this.undo);
    this.active = null;
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", table.parentElement.getAttribute("aria-label"));
    this.rows.forEach((row) => this.prepare(row));
    this.activate(this.first(), this.fields[0], false);
    document.querySelector("[data-grid-keys]").hidden = false;
    this.saving.restore();
    this.keepSpare();
    listen(this);
  }

  /** The row that the grid begins with. */
  first() {
    return this.rows[0];
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

  /** A block fills the cells from the active one on, or from the row that `startOf` names. */
  paste(text) {
    const block = parseBlock(text);
    if (block.length === 0) {
      return;
    }
    const column = this.fields.indexOf(this.active.field);
    const at = this.startOf(block, column);
    this.keepSpare(at + block.length - this.rows.length);
    const filled = this.rows.slice(at, at + block.length);
    const paste = this.undo.begin();
    filled.forEach((row, index) => {
      block[index].slice(0, this.fields.length - column).forEach((cell, offset) => {
        this.type(row, this.fields[column + offset], cell);
      });
    });
    this.undo.end(paste);
    filled.forEach((row) => this.saving.send(row));
    this.activate(filled[0], this.active.field);
    const left = block.length - filled.length;
    this.say(fill("pasted", { count: filled.length, n: filled[0].number }));
    // This stays in sight: the answers of the server would talk over it.
    const cut = document.querySelector("[data-cut]");
    cut.hidden = !left;
    cut.textContent = left ? fill("pastedCut", { left }) : "";
  }

  startOf() {
    return this.rows.indexOf(this.active.row);
  }

  /** To where the next reason is asked, from the active row on. */
  toQuestion() {
    const at = this.rows.indexOf(this.active.row);
    const next = [...this.rows.slice(at), ...this.rows.slice(0, at)].find((row) => row.asks.length > 0);
    if (next) {
      next.element.nextElementSibling.querySelector("[data-because]").focus();
    } else {
      this.say(word("nothingAsked"));
    }
  }

  /** What the server offered in place of what was typed, sent at once. */
  offer(row, field, text) {
    row.type(field, text);
    this.saving.send(row);
    this.activate(row, field);
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

  /** A row in which nothing stands, where a grid has such. */
  emptyRow() {
    return undefined;
  }

  keepSpare() {}

  /** How many rows are stored, after one came or went. */
  count() {}

  /**
   * What the server counted when it answered. Rows are saved side by side and answers overtake each other: the
   * one that was counted last holds all that was saved before it.
   */
  told({ counts, counted_at: at = 0 }) {
    const shown = document.querySelector("[data-counts]");
    if (counts && shown && at >= (this.countedAt ?? 0)) {
      shown.textContent = counts;
      this.countedAt = at;
    }
  }

  label(row, field) {
    return fill("row", { n: row.number, text: columnName(field) });
  }

  say(sentence) {
    document.querySelector("[data-said]").textContent = sentence;
  }

  /** Why the cell cannot be typed in. */
  refuseEdit() {}
}
