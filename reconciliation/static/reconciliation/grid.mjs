// Walking and choosing in rows of cells, some of them empty (null). Knows nothing of pages.

/** The next cell from `here` by rows and columns, over gaps; null at the edge. */
export function neighbour(rows, here, down, along) {
  let [row, column] = place(rows, here);
  if (row < 0) return null;
  for (;;) {
    row += down;
    column += along;
    if (row < 0 || row >= rows.length || column < 0 || column >= rows[row].length) return null;
    if (rows[row][column]) return rows[row][column];
  }
}

/** All cells of the rectangle that two cells span, row by row. */
export function between(rows, one, other) {
  const [a, b] = [place(rows, one), place(rows, other)];
  if (a[0] < 0 || b[0] < 0) return [other];
  const [top, bottom] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
  const [first, last] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
  return rows.slice(top, bottom + 1).flatMap((row) => row.slice(first, last + 1)).filter(Boolean);
}

function place(rows, cell) {
  const row = rows.findIndex((cells) => cells.includes(cell));
  return row < 0 ? [-1, -1] : [row, rows[row].indexOf(cell)];
}
