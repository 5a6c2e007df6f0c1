// Tables of inputs (data-cells): Enter and the arrow keys move between rows as in a spreadsheet,
// and a block copied from Excel is pasted cell by cell, over all tables of the form. A table with
// data-grow="200" gets new lines for it, up to so many. What finds no place is told, never dropped
// in silence. Enter no longer sends the form by accident.

const FIELDS = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea";

function rows(table) {
  const tables = table.closest("form")?.querySelectorAll("table[data-cells]") ?? [table];
  return [...tables]
    .flatMap((one) => [...one.tBodies])
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

// The last line once more, empty and numbered on: "r2-place" becomes "r3-place".
function grow(table) {
  const lines = table.tBodies[0].rows;
  const line = lines[lines.length - 1].cloneNode(true);
  const next = (text) => text.replace(/\d+/, (number) => Number(number) + 1);
  for (const note of line.querySelectorAll(".field__error")) note.remove();
  const counted = [...line.cells].filter((cell) => /^\d+$/.test(cell.textContent.trim()));
  for (const cell of counted) cell.textContent = next(cell.textContent);
  for (const field of line.querySelectorAll(FIELDS)) {
    for (const name of ["name", "id", "aria-label"]) {
      if (field.hasAttribute(name)) field.setAttribute(name, next(field.getAttribute(name)));
    }
    for (const name of ["aria-invalid", "aria-describedby", "data-autosave-wrong"]) {
      field.removeAttribute(name);
    }
    if (field.matches("select")) field.selectedIndex = 0;
    else field.value = "";
  }
  lines[lines.length - 1].after(line);
}

// Whether the field took the value; a list takes only what it offers.
function fill(field, value) {
  if (field.matches("select")) {
    const plain = (text) => text.normalize("NFC").trim().toLowerCase();
    const option = [...field.options].find((one) => plain(one.text) === plain(value));
    if (!option && value) return false;
    field.value = option?.value ?? "";
  } else {
    field.value = value;
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

const TOLD = {
  lines: (count) => `CHƯA DÁN ${count} dòng cuối: bảng không còn dòng để nhận.`,
  cells: (count) => `CHƯA DÁN ${count} ô nằm ngoài các cột của bảng: kiểm tra thứ tự cột.`,
  choices: (count) => `${count} ô có danh sách không có mục khớp: hãy chọn lại trong danh sách.`,
};

function sentences(counts) {
  return Object.entries(counts)
    .filter(([, count]) => count)
    .map(([what, count]) => TOLD[what](count));
}

function tell(table, found) {
  const frame = table.closest(".table-scroll") ?? table;
  let note = frame.previousElementSibling;
  if (!note?.matches("[data-cells-note]")) {
    note = document.createElement("p");
    note.className = "notice tone-warning";
    note.dataset.cellsNote = "";
    note.setAttribute("role", "status");
    frame.before(note);
  }
  note.textContent = found.join(" ");
  if (!found.length) note.remove();
}

function paste(table, at, lines) {
  const limit = Number(table.dataset.grow ?? 0);
  for (let left = at.row + lines.length - rows(table).length; left > 0; left -= 1) {
    if (table.tBodies[0].rows.length >= limit) break;
    grow(table);
  }
  const grid = rows(table);
  const counts = { lines: 0, cells: 0, choices: 0 };
  for (const [down, line] of lines.entries()) {
    if (!grid[at.row + down]) {
      counts.lines += 1;
      continue;
    }
    for (const [right, value] of line.entries()) {
      const field = grid[at.row + down][at.column + right];
      if (usable(field)) counts.choices += fill(field, value.trim()) ? 0 : 1;
      else if (value.trim()) counts.cells += 1;
    }
  }
  return counts;
}

document.addEventListener("paste", (event) => {
  const table = event.target.closest?.("table[data-cells]");
  const text = event.clipboardData?.getData("text/plain").replace(/(\r?\n)+$/, "") ?? "";
  if (!table || !event.target.matches("input, select")) return;
  if (!/[\t\n]/.test(text) && event.target.matches("input")) return;
  const at = place(rows(table), event.target);
  if (!at) return;
  event.preventDefault();
  const counts = paste(table, at, text.split(/\r?\n/).map((line) => line.split("\t")));
  tell(table, sentences(counts));
});
