/** The rows of a list that have to be mended: every bad cell says what is wrong, and each row is judged at once. */
import { Grid } from "./grid.js";
import { Row } from "./grid-row.js";
import { word } from "./grid-words.js";

class MendRow extends Row {
  constructor(element) {
    super(element);
    this.isMended = false;
    this.settle("refused", "", JSON.parse(element.dataset.faults));
  }

  mayEdit() {
    return !this.isMended;
  }

  /** A cell whose number is masked is typed anew. */
  textToEdit(field) {
    const text = this.text(field);
    return text.includes("*") ? "" : text;
  }

  rest() {
    return this.isMended ? "saved" : "refused";
  }

  take(told, sent) {
    this.isMended = true;
    super.take(told, sent);
  }
}

class MendGrid extends Grid {
  constructor(table) {
    super(table, MendRow);
    this.toQuestion(false);
  }

  /** To the next bad cell, row by row. */
  toQuestion(isFocused = true) {
    const bad = [];
    for (const row of this.rows) {
      for (const field of this.fields) {
        if (field in row.faults && !row.isMended) {
          bad.push({ row, field });
        }
      }
    }
    // The one that a reader stands on counts as seen once the keyboard was there.
    const { row, field } = this.active;
    const at = bad.findIndex((one) => one.row === row && one.field === field);
    const isThere = document.activeElement === row.cells.get(field);
    if (at >= 0 && !isThere) {
      this.activate(row, field, isFocused);
      return;
    }
    const isAfter = (one) => {
      const rows = this.rows.indexOf(one.row) - this.rows.indexOf(row);
      return rows > 0 || (rows === 0 && this.fields.indexOf(one.field) > this.fields.indexOf(field));
    };
    const next = bad.find(isAfter) ?? bad[0];
    if (next) {
      this.activate(next.row, next.field, isFocused);
    } else {
      this.say(word("nothingBad"));
    }
  }
}

const table = document.querySelector("[data-grid]");
if (table) {
  new MendGrid(table);
}
