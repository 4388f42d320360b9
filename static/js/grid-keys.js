/** Keys, clicks and the clipboard of the grid, as people know them from spreadsheets. */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function listen(grid) {
  const keys = new Keys(grid);
  const { table } = grid;
  table.addEventListener("keydown", (event) => keys.down(event));
  // From wherever the reader is on the page.
  document.addEventListener("keydown", (event) => keys.toQuestion(event));
  table.addEventListener("click", (event) => keys.click(event));
  table.addEventListener("dblclick", (event) => keys.doubleClick(event));
  table.addEventListener("focusin", (event) => keys.focus(event));
  table.addEventListener("focusout", (event) => keys.leave(event));
  table.addEventListener("paste", (event) => keys.paste(event));
  table.addEventListener("copy", (event) => keys.copy(event));
}

class Keys {
  constructor(grid) {
    this.grid = grid;
    this.input = null;
    // Where a run of Tabs began: Enter goes back under it, as in a spreadsheet.
    this.began = null;
    this.isLeaving = false;
  }

  down(event) {
    if (event.target.matches("[data-because]")) {
      this.because(event);
      return;
    }
    if (!event.target.closest("[data-field]") || event.isComposing) {
      return;
    }
    const wasLeaving = this.isLeaving;
    this.isLeaving = false;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !this.input) {
      event.preventDefault();
      this.grid.undo.last();
    } else if (event.key === "Tab") {
      this.tab(event, wasLeaving);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.enter(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      this.escape(event);
    } else if (this.input) {
      this.arrowsWhileTyping(event);
    } else {
      this.onCell(event);
    }
  }

  onCell(event) {
    const { row, field } = this.grid.active;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (MOVES[event.key] && isPlain) {
      event.preventDefault();
      this.began = null;
      this.grid.move(...MOVES[event.key]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      this.grid.activate(row, this.grid.fields.at(event.key === "Home" ? 0 : -1));
    } else if (event.key === "F2") {
      event.preventDefault();
      this.edit();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.grid.type(row, field, "");
    } else if (event.key.length === 1 && isPlain) {
      event.preventDefault();
      this.edit(event.key);
    }
  }

  arrowsWhileTyping(event) {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      this.commit();
      this.grid.move(...MOVES[event.key]);
    }
  }

  tab(event, wasLeaving) {
    if (wasLeaving) {
      return;
    }
    this.began ??= this.grid.active.field;
    this.commit();
    if (this.grid.step(event.shiftKey ? -1 : 1)) {
      event.preventDefault();
    }
  }

  enter(down) {
    this.commit();
    const { row } = this.grid.active;
    const to = this.grid.rows[this.grid.rows.indexOf(row) + down];
    if (to) {
      this.grid.activate(to, this.began ?? this.grid.active.field);
    }
    this.began = null;
  }

  escape(event) {
    if (this.input) {
      event.preventDefault();
      this.close();
      this.grid.activate(this.grid.active.row, this.grid.active.field);
    } else {
      this.isLeaving = true;
    }
  }

  edit(first = null) {
    const { row, field } = this.grid.active;
    if (!row.mayEdit(field)) {
      this.grid.refuseEdit(row, field);
      return;
    }
    const input = document.createElement("input");
    input.className = "grid-input";
    input.setAttribute("aria-label", this.grid.label(row, field));
    input.autocomplete = "off";
    input.spellcheck = false;
    input.inputMode = row.inputMode(field);
    input.value = first ?? row.textToEdit(field);
    this.input = input;
    row.cells.get(field).replaceChildren(input);
    input.focus();
    if (first === null) {
      input.select();
    }
  }

  /** The text typed becomes the cell's; the cell has the focus again. */
  commit() {
    if (!this.input) {
      return;
    }
    const { row, field } = this.grid.active;
    const text = this.input.value.trim();
    const isUntouched = text === row.textToEdit(field);
    this.close();
    if (!isUntouched) {
      this.grid.type(row, field, text);
    }
    row.cells.get(field).focus();
  }

  close() {
    this.input = null;
    const { row, field } = this.grid.active;
    row.cells.get(field).textContent = row.text(field);
  }

  toQuestion(event) {
    if (event.key === "F8") {
      event.preventDefault();
      this.commit();
      this.grid.toQuestion();
    }
  }

  /** Enter sends the reason, Escape leads back to the cell it is asked of. */
  because(event) {
    if (event.key !== "Enter" && event.key !== "Escape") {
      return;
    }
    event.preventDefault();
    const row = this.rowAbove(event.target);
    if (event.key === "Enter") {
      this.answer(row, event.target);
    }
    this.grid.activate(row, this.grid.active.field);
  }

  answer(row, input) {
    this.grid.saving.answer(row, input.value);
  }

  /** The row that a note stands under. */
  rowAbove(element) {
    const above = element.closest("tr").previousElementSibling;
    return this.grid.rows.find((row) => row.element === above);
  }

  click(event) {
    const answered = event.target.closest("[data-answer]");
    if (answered) {
      this.answer(this.rowAbove(answered), answered.closest("td").querySelector("[data-because]"));
      return;
    }
    const offered = event.target.closest("[data-offer]");
    if (offered) {
      this.grid.offer(this.rowAbove(offered), offered.dataset.offerField, offered.dataset.offer);
      return;
    }
    const chosen = event.target.closest("[data-choose]");
    if (chosen) {
      this.grid.choose(this.rowAbove(chosen), chosen.dataset.choose);
      return;
    }
    const cell = event.target.closest("[data-field]");
    if (!cell || event.target === this.input) {
      return;
    }
    // A finger has no F2: the first touch selects the cell, the second types in it.
    const isAgain = this.grid.active.row.cells.get(this.grid.active.field) === cell && this.wasActive === cell;
    this.wasActive = cell;
    if (isAgain && event.pointerType === "touch") {
      this.edit();
    }
  }

  doubleClick(event) {
    if (event.target.closest("[data-field]") && !this.input) {
      this.edit();
    }
  }

  focus(event) {
    const cell = event.target.closest("[data-field]");
    if (!cell || event.target === this.input) {
      return;
    }
    const row = this.grid.rows.find((one) => one.element === cell.parentElement);
    const { active } = this.grid;
    if (active.row !== row || active.field !== cell.dataset.field) {
      this.began = null;
      this.grid.activate(row, cell.dataset.field, false);
    }
  }

  /** Leaving the field ends the typing in it; leaving the grid saves the row. */
  leave(event) {
    if (event.target === this.input) {
      const { row, field } = this.grid.active;
      const text = this.input.value.trim();
      const isUntouched = text === row.textToEdit(field);
      this.input = null;
      row.cells.get(field).textContent = row.text(field);
      if (!isUntouched) {
        this.grid.type(row, field, text);
      }
    }
    if (event.relatedTarget && !this.grid.table.contains(event.relatedTarget)) {
      this.grid.saving.send(this.grid.active.row);
    }
  }

  paste(event) {
    if (event.target.matches("[data-because]")) {
      return;
    }
    const text = event.clipboardData.getData("text/plain");
    if (this.input && !/[\t\n]/.test(text.trim())) {
      return;
    }
    event.preventDefault();
    if (this.input) {
      this.close();
    }
    this.grid.paste(text);
  }

  copy(event) {
    if (!this.input && event.target.closest?.("[data-field]")) {
      event.preventDefault();
      event.clipboardData.setData("text/plain", this.grid.active.row.text(this.grid.active.field));
    }
  }
}
