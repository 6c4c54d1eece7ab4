/**
 * Browsers repeat the head of a table on each page, but not the first row of a grid. So while days are
 * being printed they are tables of rooms × slots.
 */
addEventListener('beforeprint', () => {
  for (const grid of document.querySelectorAll<HTMLTableElement>('.grid')) grid.after(turned(grid));
});
addEventListener('afterprint', () => {
  for (const table of document.querySelectorAll('.on-paper')) table.remove();
});

/** The table with a row for each of its columns; cells that go on are one with those before them. */
function turned(grid: HTMLTableElement): HTMLTableElement {
  const table = document.createElement('table');
  table.className = 'on-paper';
  const head = table.createTHead();
  const body = table.createTBody();
  const columns = [...grid.rows].map((row) => [...row.cells]);
  for (const index of columns[0]?.keys() ?? []) {
    const row = (index === 0 ? head : body).insertRow();
    for (const column of columns) {
      const cell = column[index];
      const before = row.cells[row.cells.length - 1];
      if (cell?.matches('.goes-on') && before) before.colSpan += 1;
      else if (cell) row.append(cell.cloneNode(true));
    }
  }
  return table;
}
