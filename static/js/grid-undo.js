/** Takes back the last change: a cell that is not saved yet, or a saved row, by the mark the server gave. */
import { word } from "./grid-words.js";
import { ask } from "./grid-saving.js";

export class Undo {
  constructor(grid) {
    this.grid = grid;
    this.done = [];
    this.isBusy = false;
  }

  typed(row, field, before) {
    this.done.push({ row, field, before });
  }

  /** The row's cells are saved now: from here on it is taken back as a whole. */
  saved(row, mark) {
    this.done = this.done.filter((one) => one.row !== row || one.mark || one.field in row.typed);
    this.done.push({ row, mark });
  }

  async last() {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    try {
      await this.grid.saving.settled();
      const step = this.done.pop();
      this.grid.say(step ? await this.takeBack(step) : word("nothingToUndo"));
      this.grid.saving.keep();
    } finally {
      this.isBusy = false;
    }
  }

  async takeBack({ row, field, before, mark }) {
    if (!mark) {
      row.type(field, before);
      this.grid.saving.touch(row);
      return word("undone");
    }
    const answer = await ask(this.grid.table.dataset.undoUrl, new URLSearchParams({ mark }));
    if (answer.status === 200) {
      if (answer.told.row) {
        row.take(answer.told.row);
        this.grid.told(answer.told);
      } else {
        row.clear();
        this.grid.count(-1);
      }
      return word("undone");
    }
    if (answer.status === 409) {
      return answer.told.sentence;
    }
    if (answer.status === 404) {
      return word("gone");
    }
    this.done.push({ row, mark });
    return word("undoLater");
  }
}
