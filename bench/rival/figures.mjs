// Scorecards, charts and lists of outcomes.
import { groups, row, rows } from './database.mjs';
import { decimal, keyOf, months, status, trend } from './rules.mjs';

const LOWEST = '-1000000000000000000';
const BIT = { MONTH: 1, UR1: 2, UR2: 4, AR: 8 };

export async function scorecard(unit, { period, filter }) {
  const { year, kind, month = 0 } = period;
  const indicators = await rows(
    'scorecard',
    `SELECT * FROM indicator
     WHERE organisation_id = $1 AND id = ANY ($2) AND frequency & $3 <> 0 AND (
       EXISTS (SELECT FROM target WHERE indicator_id = indicator.id AND org_unit_id = $4 AND year = $5)
       OR EXISTS (SELECT FROM outcome WHERE indicator_id = indicator.id AND org_unit_id = $4 AND year = $5))
     ORDER BY CASE category WHEN 'STAFF' THEN 0 WHEN 'ECONOMY' THEN 1 ELSE 2 END, name COLLATE swedish, id`,
    [unit.organisation_id, filter.ids.map(keyOf), BIT[kind], unit.id, year],
  );
  const keys = indicators.map((indicator) => indicator.id);
  const [outcomes, targets] = await Promise.all([
    rows(
      'scorecard-outcomes',
      `SELECT id, indicator_id, org_unit_id, year, value, origin, state FROM outcome
       WHERE indicator_id = ANY ($1) AND org_unit_id = $2 AND year = ANY ($3) AND kind = $4 AND month = $5
         AND gender = 'TOTAL'`,
      [keys, unit.id, [year - 1, year], kind, month],
    ),
    rows(
      'scorecard-targets',
      `SELECT indicator_id, year, value, decided_at FROM target
       WHERE indicator_id = ANY ($1) AND org_unit_id = $2 AND year = ANY ($3)`,
      [keys, unit.id, [year - 1, year]],
    ),
  ]);
  const found = new Map(indicators.map((indicator) => [indicator.id, { indicator }]));
  for (const outcome of outcomes) {
    const row = found.get(outcome.indicator_id);
    outcome.indicator = row.indicator;
    row[outcome.year === year ? 'outcome' : 'previous'] = outcome;
  }
  for (const target of targets) {
    found.get(target.indicator_id)[target.year === year ? 'target' : 'before'] = target;
  }
  const all = [...found.values()];
  for (const row of all) row.status = status(row.indicator, row.outcome?.value, row.target?.value);
  return { unit, period, all };
}

const count = (all, light) => all.filter((row) => row.status === light).length;

async function label({ unit, period: { year, kind } }) {
  const set = await row(
    'cycle',
    `SELECT label FROM reporting_period WHERE organisation_id = $1 AND year <= $2 AND kind = $3
     ORDER BY year DESC LIMIT 1`,
    [unit.organisation_id, year, kind],
  );
  return `${set?.label ?? (kind === 'AR' ? 'ÅR' : kind)} ${year}`;
}

export const scorecardResolvers = {
  Scorecard: {
    period: async (scorecard) => ({ label: await label(scorecard) }),
    summary: ({ all }) => ({
      green: count(all, 'GREEN'),
      yellow: count(all, 'YELLOW'),
      red: count(all, 'RED'),
      missing: count(all, 'MISSING'),
      noTarget: count(all, 'NO_TARGET'),
      total: all.length,
    }),
    rows: ({ all }, { first }) => ({ totalCount: all.length, nodes: all.slice(0, first) }),
  },
  ScorecardRow: {
    deviation: ({ outcome, target }) =>
      outcome?.value == null || target == null ? null : decimal(outcome.value - target.value),
    trend: ({ indicator, outcome, previous, target, before }) =>
      trend(indicator, outcome?.value, previous?.value, target?.value, before?.value),
  },
  SeriesPoint: {
    value: (point) => decimal(point.value),
    target: (point) => decimal(point.target),
  },
};

// The highest outcomes of some indicators.
export async function ofIndicators(keys, first) {
  const [{ total }, nodes] = await Promise.all([
    row('count', 'SELECT count(*) AS total FROM outcome WHERE indicator_id = ANY ($1)', [keys]),
    rows(
      'page',
      `SELECT first.* FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
         SELECT id, org_unit_id, value FROM outcome WHERE indicator_id = wanted.id
         ORDER BY coalesce(value, ${LOWEST}) DESC, id DESC LIMIT $2) first
       ORDER BY coalesce(value, ${LOWEST}) DESC, id DESC LIMIT $2`,
      [keys, first],
    ),
  ]);
  return connection(total, first, nodes);
}

const connection = (totalCount, first, nodes) => ({
  totalCount,
  pageInfo: { hasNextPage: totalCount > first, endCursor: nodes.at(-1)?.id ?? null },
  nodes,
});

// Charts of many indicators: all their outcomes in one statement, all their targets in another.
async function series(queries) {
  const { orgUnit, kind, from, to } = queries[0].params;
  const span = months(from, to);
  const keys = queries.map(({ obj }) => obj.id);
  const years = [span[0].year, span.at(-1).year];
  const [outcomes, targets] = await Promise.all([
    rows(
      'series',
      `SELECT indicator_id, year, month, value FROM outcome
       WHERE indicator_id = ANY ($1) AND org_unit_id = $2 AND year BETWEEN $3 AND $4 AND kind = $5
         AND gender = 'TOTAL'`,
      [keys, keyOf(orgUnit), ...years, kind],
    ),
    rows(
      'series-targets',
      `SELECT indicator_id, year, value FROM target
       WHERE indicator_id = ANY ($1) AND org_unit_id = $2 AND year BETWEEN $3 AND $4`,
      [keys, keyOf(orgUnit), ...years],
    ),
  ]);
  const [values, aims] = [groups(outcomes, 'indicator_id'), groups(targets, 'indicator_id')];
  return queries.map(({ obj }) => {
    const value = new Map((values.get(obj.id) ?? []).map((row) => [row.year * 12 + row.month, row.value]));
    const aim = new Map((aims.get(obj.id) ?? []).map((row) => [row.year, row.value]));
    return span.map(({ year, month, period }) => {
      const point = { period, value: value.get(year * 12 + month), target: aim.get(year) };
      return { ...point, status: status(obj, point.value, point.target) };
    });
  });
}

// One indicator over all units; asked for under one indicator at a time.
const outcomes = (queries) =>
  Promise.all(
    queries.map(async ({ obj, params: { filter, first } }) => {
      const asked = [obj.id, filter.year, filter.kind, filter.gender];
      const where = 'WHERE indicator_id = $1 AND year = $2 AND kind = $3 AND gender = $4';
      const [{ total }, nodes] = await Promise.all([
        row('count-units', `SELECT count(*) AS total FROM outcome ${where}`, asked),
        rows(
          'units-page',
          `SELECT id, org_unit_id, value, state FROM outcome ${where}
           ORDER BY coalesce(value, ${LOWEST}) DESC, id DESC LIMIT $5`,
          [...asked, first],
        ),
      ]);
      for (const node of nodes) node.indicator = obj;
      return connection(total, first, nodes);
    }),
  );

export const loaders = {
  Indicator: {
    series: { opts: { cache: false }, loader: series },
    outcomes: { opts: { cache: false }, loader: outcomes },
  },
};
