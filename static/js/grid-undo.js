/**
 * Takes back the last change: a cell that is not saved yet, or a saved row, by the mark the server gave. What
 * was pasted at once is taken back at once.
 */
import { word } from "./grid-words.js";
import { ask } from "./grid-saving.js";

export class Undo {
  constructor(grid) {
    this.grid = grid;
    this.done = [];
    this.isBusy = false;
    this.paste = null;
    this.pastes = 0;
  }

  /** Until `end` what is typed belongs to one paste. */
  begin() {
    this.pastes += 1;
    this.paste = this.pastes;
    return this.paste;
  }

  end(paste) {
    if (this.paste === paste) {
      this.paste = null;
    }
  }

  typed(row, field, before) {
    this.done.push({ row, field, before, paste: this.paste });
  }

  /** The row's cells are saved now: from here on it is taken back as a whole, with its paste if it has one. */
  saved(row, mark) {
    const isHere = (one) => one.row === row && !one.mark && !(one.field in row.typed);
    const at = this.done.findLastIndex(isHere);
    const step = { row, mark, paste: at < 0 ? null : this.done[at].paste };
    this.done.splice(at < 0 ? this.done.length : at, at < 0 ? 0 : 1, step);
    this.done = this.done.filter((one) => !isHere(one));
  }

  async last() {
    if (this.isBusy) {
      return;
    }
    this.isBusy = true;
    try {
      await this.grid.saving.settled();
      this.grid.say(this.done.length > 0 ? await this.takeBackLast() : word("nothingToUndo"));
      this.grid.saving.keep();
    } finally {
      this.isBusy = false;
    }
  }

  /** One step, or all of one paste; what cannot be taken back says why, the rest goes on. */
  async takeBackLast() {
    const { paste } = this.done.at(-1);
    const steps = paste ? this.done.filter((one) => one.paste === paste) : [this.done.at(-1)];
    this.done = this.done.filter((one) => !steps.includes(one));
    const said = [];
    for (const step of steps.toReversed()) {
      // One after the other: each mark stands on the revision that the one before left.
      // oxlint-disable-next-line no-await-in-loop
      said.push(await this.takeBack(step));
    }
    const problems = [...new Set(said)].filter((sentence) => sentence !== word("undone"));
    return problems.length > 0 ? problems.join(" ") : word("undone");
  }

  async takeBack(step) {
    const { row, field, before, mark } = step;
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
    this.done.push(step);
    return word("undoLater");
  }
}
