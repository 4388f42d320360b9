/** The grids of figures: every cell a number, with hints beside it and its story in a panel. */
import { Grid } from "./grid.js";
import { Row } from "./grid-row.js";
import { fill, word } from "./grid-words.js";
import { faultOf, grouped, parseWhole } from "./typed-number.js";

const SAME_AS_LAST_MONTH = "=";
const REMOVE = "HAPUS";

class MonthEntryRow extends Row {
  mayEdit(field) {
    return !("locked" in this.cells.get(field).dataset);
  }

  inputMode() {
    return "numeric";
  }

  rest() {
    if ([...this.cells.keys()].every((field) => !this.mayEdit(field))) {
      return "locked";
    }
    return Object.values(this.stored).some(Boolean) ? "saved" : "";
  }

  type(field, text) {
    const last = this.cells.get(field).dataset.last ?? "";
    const wanted = text.trim() === SAME_AS_LAST_MONTH ? last : text;
    const isChanged = super.type(field, normalised(wanted));
    if (isChanged && field in this.typed) {
      const sentence = this.sentenceOn(field, this.typed[field]);
      if (sentence) {
        this.settle("refused", "", { ...this.faults, [field]: sentence });
      }
    }
    return isChanged;
  }

  /** While a number is being typed: what is wrong with it stands under the row at once. */
  judge(field, text) {
    const sentence = text.trim() ? this.sentenceOn(field, text) : "";
    this.cells.get(field).setAttribute("aria-invalid", String(Boolean(sentence)));
    const others = Object.entries(this.faults).filter(([name]) => name !== field);
    this.faults = Object.fromEntries(sentence ? [...others, [field, sentence]] : others);
    this.showNote();
  }

  sentenceOn(field, text) {
    const { largest } = this.cells.get(field).dataset;
    return sentenceOn(text, largest && Number(largest));
  }

  tell(told) {
    this.cell("[data-doubts]").replaceChildren(
      ...told.doubts.map((sentence) => {
        const line = document.createElement("p");
        line.textContent = sentence;
        return line;
      }),
    );
  }

  /** A single figure as its panel knows it now. */
  patch(field, told) {
    this.stored[field] = told.text;
    this.revision = JSON.stringify({ ...JSON.parse(this.revision || "{}"), [field]: told.revision });
    if (this.cells.size === 1) {
      this.tell(told);
    }
    if (!this.isDirty()) {
      this.settle(this.rest());
    }
  }
}

class MonthEntryGrid extends Grid {
  constructor(table) {
    super(table, MonthEntryRow);
    table.addEventListener("input", (event) => this.judge(event.target));
    table.addEventListener("keydown", (event) => this.openByKey(event));
    for (const button of document.querySelectorAll("[data-open-figure]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.open());
    }
    table.addEventListener("click", (event) => this.openByLink(event));
    this.panel = document.getElementById("rincian");
    this.panel?.addEventListener("htmx:afterSwap", () => this.readPanel());
    this.panel?.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.activate(this.active.row, this.active.field);
      }
    });
  }

  judge(input) {
    const cell = input.closest("[data-field]");
    if (cell && input.matches(".grid-input")) {
      this.active.row.judge(this.active.field, input.value);
    }
  }

  openByKey(event) {
    if (event.key === "F4") {
      event.preventDefault();
      this.open();
    }
  }

  openByLink(event) {
    const link = event.target.closest("[data-figure-link]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const row = this.rows.find((one) => one.element === link.closest("tr"));
      this.activate(row, this.fields[0], false);
      this.open();
    }
  }

  open() {
    const cell = this.active.row.cells.get(this.active.field);
    if (!this.panel) {
      return;
    }
    window.htmx.ajax("GET", cell.dataset.cellUrl, { target: this.panel, select: "#sel", swap: "innerHTML" });
  }

  readPanel() {
    const shown = this.panel.querySelector("#sel");
    if (!shown) {
      return;
    }
    this.panel.hidden = false;
    const told = JSON.parse(shown.dataset.told);
    for (const row of this.rows) {
      for (const [field, cell] of row.cells) {
        if (cell.dataset.cellUrl === told.url) {
          row.patch(field, told);
        }
      }
    }
    this.told(told);
    shown.querySelector("h2").focus();
  }

  refuseEdit() {
    this.say(word("lockedCell"));
  }
}

function normalised(text) {
  const trimmed = text.trim();
  const number = parseWhole(trimmed);
  return number === null ? trimmed : grouped(number);
}

function sentenceOn(text, largest) {
  const trimmed = text.trim();
  if (trimmed.toUpperCase() === REMOVE || REMOVE.startsWith(trimmed.toUpperCase()) || trimmed === SAME_AS_LAST_MONTH) {
    return "";
  }
  const name = faultOf(trimmed, largest);
  return name && fill(name, { typed: trimmed });
}

const table = document.querySelector("[data-grid]");
if (table) {
  new MonthEntryGrid(table);
}
