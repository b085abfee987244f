// PostgreSQL: a pool, prepared statements, and how many there were.
import pg from 'pg';

const { builtins } = pg.types;
pg.types.setTypeParser(builtins.INT8, Number);
pg.types.setTypeParser(builtins.DATE, (text) => text);
pg.types.setTypeParser(builtins.TIMESTAMPTZ, (text) => `${text.replace(' ', 'T')}:00`);

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 4,
  // Kept open, as the others keep theirs.
  idleTimeoutMillis: 0,
  options: '-c search_path=rival,public -c TimeZone=UTC',
});

let sent = 0;

export const statements = () => sent;

// The rows of a statement, which is prepared once for each connection under its name.
export async function rows(name, text, values) {
  sent += 1;
  const result = await pool.query({ name, text, values });
  return result.rows;
}

export async function row(name, text, values) {
  const [first] = await rows(name, text, values);
  return first ?? null;
}

// Rows by one of their columns.
export function groups(rows, column) {
  const found = new Map();
  for (const row of rows) {
    const group = found.get(row[column]);
    if (group) group.push(row);
    else found.set(row[column], [row]);
  }
  return found;
}
