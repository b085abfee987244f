// The part of the schema that the queries ask for, and where its fields come from.
import { readFileSync } from 'node:fs';

import { groups, row, rows } from './database.mjs';
import { loaders as figureLoaders, ofIndicators, scorecard, scorecardResolvers } from './figures.mjs';
import { decimal, displayValue, globalId, keyOf } from './rules.mjs';

export const schema = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8');

const BITS = [['MONTH', 1], ['UR1', 2], ['UR2', 4], ['AR', 8]];
const id = (type) => (row) => globalId(type, row.id);

export const resolvers = {
  Query: {
    orgUnit: (_, { by }) =>
      row('unit', 'SELECT id, organisation_id, name FROM org_unit WHERE id = $1', [keyOf(by.id)]),
    plan: (_, { by }) =>
      row('plan', 'SELECT id, org_unit_id, year, title, status FROM plan WHERE id = $1', [keyOf(by.id)]),
    indicator: (_, { by }) => row('indicator', 'SELECT * FROM indicator WHERE id = $1', [keyOf(by.id)]),
    indicators: async (_, { filter }) => ({
      nodes: await rows(
        'indicators',
        'SELECT * FROM indicator WHERE id = ANY ($1) ORDER BY name COLLATE swedish, id LIMIT 50',
        [filter.ids.map(keyOf)],
      ),
    }),
    outcomes: (_, { filter, first }) => ofIndicators(filter.indicators.map(keyOf), first),
  },
  OrgUnit: { id: id('OrgUnit'), scorecard },
  ...scorecardResolvers,
  Target: { value: (row) => decimal(row.value), decidedAt: (row) => row.decided_at },
  Outcome: {
    id: id('Outcome'),
    value: (row) => decimal(row.value),
    displayValue: (row) => displayValue(row.value, row.indicator),
  },
  Indicator: {
    id: id('Indicator'),
    frequency: (row) => BITS.filter(([, bit]) => row.frequency & bit).map(([kind]) => kind),
    tolerance: (row) => decimal(row.tolerance),
    updatedAt: (row) => row.updated_at,
  },
  FocusArea: { id: id('FocusArea') },
  Goal: { id: id('Goal') },
  Assignment: { id: id('Assignment') },
  Activity: {
    id: id('Activity'),
    dueOn: (row) => row.due_on,
    percentDone: (row) => row.percent_done,
  },
};

// A list under each of many parents, in one statement.
const list = (name, text) => ({
  opts: { cache: false },
  loader: async (queries) => {
    const found = groups(await rows(name, text, [queries.map(({ obj }) => obj.id)]), 'parent');
    return queries.map(({ obj }) => ({ nodes: found.get(obj.id) ?? [] }));
  },
});

// What each of many rows points at, in one statement.
const units = {
  opts: { cache: false },
  loader: async (queries) => {
    const keys = queries.map(({ obj }) => obj.org_unit_id);
    const text = 'SELECT id, organisation_id, name FROM org_unit WHERE id = ANY ($1)';
    const found = new Map((await rows('units', text, [keys])).map((row) => [row.id, row]));
    return keys.map((key) => found.get(key));
  },
};

const INDICATOR = 'indicator.id, indicator.code, indicator.name, indicator.unit';
const NUMBERED = "ORDER BY coalesce(number, '') COLLATE swedish_numeric, id";
const NAMED = 'ORDER BY name COLLATE swedish, id';

export const loaders = {
  ...figureLoaders,
  Plan: {
    orgUnit: units,
    focusAreas: list(
      'focus-areas',
      `SELECT plan_basis.plan_id AS parent, focus_area.id, number, name, origin
       FROM plan_basis JOIN focus_area ON focus_area.plan_id = plan_basis.basis_id
       WHERE plan_basis.plan_id = ANY ($1) AND (depth = 0 OR origin = 'COUNCIL') ${NUMBERED}`,
    ),
  },
  FocusArea: {
    goals: list(
      'goals',
      `SELECT focus_area_id AS parent, id, number, name FROM goal WHERE focus_area_id = ANY ($1) ${NUMBERED}`,
    ),
    assignments: list(
      'assignments',
      `SELECT focus_area_id AS parent, id, number, name, status FROM assignment
       WHERE focus_area_id = ANY ($1) AND goal_id IS NULL ${NUMBERED}`,
    ),
  },
  Goal: {
    indicators: list(
      'measured',
      `SELECT goal_id AS parent, ${INDICATOR} FROM goal_indicator
       JOIN indicator ON indicator.id = indicator_id WHERE goal_id = ANY ($1) ${NAMED}`,
    ),
    assignments: list(
      'under-goals',
      `SELECT goal_id AS parent, id, number, name, status FROM assignment WHERE goal_id = ANY ($1) ${NUMBERED}`,
    ),
  },
  Assignment: {
    indicators: list(
      'followed',
      `SELECT assignment_id AS parent, ${INDICATOR} FROM assignment_indicator
       JOIN indicator ON indicator.id = indicator_id WHERE assignment_id = ANY ($1) ${NAMED}`,
    ),
    activities: list(
      'activities',
      `SELECT assignment_id AS parent, id, name, status, due_on, percent_done FROM activity
       WHERE assignment_id = ANY ($1) ${NAMED}`,
    ),
  },
  Outcome: { orgUnit: units },
};
