// Tables of inputs (data-cells): Enter and the arrow keys move between rows as in a spreadsheet,
// and a block copied from Excel is pasted cell by cell. Enter no longer sends the form by accident.

const FIELDS = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea";

function rows(table) {
  return [...table.tBodies]
    .flatMap((body) => [...body.rows])
    .map((row) => [...row.cells].map((cell) => cell.querySelector(FIELDS)));
}

function place(grid, field) {
  for (const [row, cells] of grid.entries()) {
    const column = cells.indexOf(field);
    if (column >= 0) return { row, column };
  }
  return null;
}

function usable(field) {
  return field && !field.disabled && !field.readOnly;
}

function step(table, field, by) {
  const grid = rows(table);
  const at = place(grid, field);
  if (!at) return false;
  for (let row = at.row + by; row >= 0 && row < grid.length; row += by) {
    const next = grid[row][at.column];
    if (usable(next)) {
      next.focus();
      next.select?.();
      return true;
    }
  }
  return false;
}

const MOVES = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const table = event.target.closest("table[data-cells]");
  const by = MOVES[event.key];
  if (!table || !by || event.isComposing || !event.target.matches("input")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const moved = step(table, event.target, event.shiftKey && event.key === "Enter" ? -1 : by);
  if (moved || event.key === "Enter") event.preventDefault();
});

document.addEventListener("paste", (event) => {
  const table = event.target.closest("table[data-cells]");
  const text = event.clipboardData?.getData("text/plain").replace(/\r?\n$/, "") ?? "";
  if (!table || !/[\t\n]/.test(text) || !event.target.matches("input")) return;
  const grid = rows(table);
  const at = place(grid, event.target);
  if (!at) return;
  event.preventDefault();
  text.split(/\r?\n/).forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const field = grid[at.row + down]?.[at.column + right];
      if (!usable(field) || !field.matches("input, textarea")) return;
      field.value = value.trim();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
});
