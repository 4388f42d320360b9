/**
 * Tables with data-sortable are ordered in the browser: each head with words becomes a button. Columns of the
 * class "number" are ordered as numbers; a cell may say by data-sort what it is ordered by. With data-filter, a
 * label, long tables get a field that leaves only the rows with all its words.
 */
const LEAST_ROWS = 3;
const LEAST_FILTERED = 10;
const UNITS = {
  ribu: 1e3,
  juta: 1e6,
  miliar: 1e9,
  triliun: 1e12,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};

export function sortTables() {
  enhance(document);
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
}

function enhance(place) {
  for (const table of place.querySelectorAll("table[data-sortable]:not([data-sorts])")) {
    const rows = table.tBodies.length === 1 ? table.tBodies[0].rows.length : 0;
    if (rows >= LEAST_ROWS) {
      table.dataset.sorts = "";
      [...table.tHead.rows[0].cells].forEach((head, column) => addButton(table, head, column));
    }
    if (rows >= LEAST_FILTERED && table.dataset.filter) {
      addFilter(table);
    }
  }
}

function addButton(table, head, column) {
  if (head.colSpan > 1 || head.querySelector("a, button, .visually-hidden") || !head.textContent.trim()) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  button.addEventListener("click", () => order(table, head, column));
  head.append(button);
}

function order(table, head, column) {
  const isNumber = head.classList.contains("number");
  const first = isNumber ? "descending" : "ascending";
  const other = isNumber ? "ascending" : "descending";
  const direction = head.getAttribute("aria-sort") === first ? other : first;
  for (const one of table.tHead.rows[0].cells) {
    one.removeAttribute("aria-sort");
  }
  head.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const told = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[column], isNumber) }));
  told.sort((one, next) => compare(one.value, next.value, sign));
  body.append(...told.map((one) => one.row));
}

/** Rows without a value come last either way. */
function compare(one, next, sign) {
  if (one === null || next === null) {
    return (one === null) - (next === null);
  }
  return sign * (typeof one === "number" ? one - next : one.localeCompare(next, lang(), { numeric: true }));
}

function valueOf(cell, isNumber) {
  const text = (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
  if (!isNumber) {
    return text === "" || text === "–" ? null : text;
  }
  return cell?.dataset.sort === undefined ? numberIn(text) : numberOrNothing(text);
}

/** The first number as people here write it: `Rp1.234,5` in Indonesian, `Rp1,234.5` in English, `Rp1,2 miliar`. */
function numberIn(text) {
  const found = /([-−]?)[^\d−-]*(\d[\d.,]*)\s*(\p{L}*)/u.exec(text);
  if (!found) {
    return null;
  }
  const digits = found[2].replace(/[.,]+$/u, "");
  const plain = lang() === "en" ? digits.replaceAll(",", "") : digits.replaceAll(".", "").replace(",", ".");
  const number = Number(plain) * (UNITS[found[3].toLowerCase()] ?? 1);
  return Number.isNaN(number) ? null : number * (found[1] ? -1 : 1);
}

function numberOrNothing(text) {
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? null : number;
}

function lang() {
  return document.documentElement.lang || "id";
}

function addFilter(table) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  label.className = "table-filter on-screen";
  field.type = "search";
  field.autocomplete = "off";
  label.append(table.dataset.filter, " ", field);
  (table.closest(".table-scroll") ?? table).before(label);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/u).filter(Boolean);
    for (const row of table.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
