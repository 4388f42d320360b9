/** A block as spreadsheets copy it: rows by lines, cells by tabs, quotes around a cell that holds either. */
export function parseBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    rows.at(-1).push(cell.replaceAll(/\s+/g, " ").trim());
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '"' && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else if (sign === '"') {
        quoted = false;
      } else {
        cell += sign;
      }
    } else if (sign === '"' && cell === "") {
      quoted = true;
    } else if (sign === "\t") {
      endCell();
    } else if (sign === "\n") {
      endCell();
      rows.push([]);
    } else if (sign !== "\r") {
      cell += sign;
    }
  }
  endCell();
  return rows.filter((cells) => cells.some(Boolean));
}
