-- What the rival reads: rodtrad's own tables under its own roof, with nothing hidden in them.
DROP SCHEMA IF EXISTS rival CASCADE;
CREATE SCHEMA rival;
CREATE VIEW rival.org_unit AS
    SELECT id, organisation_id, parent_id, code, name, kind FROM public.org_unit;
CREATE VIEW rival.plan AS
    SELECT id, org_unit_id, year, title, status FROM public.plan;
CREATE VIEW rival.plan_basis AS
    SELECT plan_id, basis_id, depth FROM public.plan_basis;
CREATE VIEW rival.focus_area AS
    SELECT id, plan_id, number, name, origin FROM public.focus_area;
CREATE VIEW rival.goal AS
    SELECT id, plan_id, focus_area_id, number, name FROM public.goal;
CREATE VIEW rival.goal_indicator AS
    SELECT goal_id, indicator_id FROM public.goal_indicator;
CREATE VIEW rival.assignment AS
    SELECT id, plan_id, focus_area_id, goal_id, number, name, status FROM public.assignment;
CREATE VIEW rival.assignment_indicator AS
    SELECT assignment_id, indicator_id FROM public.assignment_indicator;
CREATE VIEW rival.activity AS
    SELECT id, assignment_id, name, status, due_on, percent_done FROM public.activity;
CREATE VIEW rival.indicator AS
    SELECT id, organisation_id, code, name, definition, category, unit, decimals, direction, aggregation, frequency,
        tolerance, version, updated_at
    FROM public.indicator;
CREATE VIEW rival.target AS
    SELECT id, indicator_id, org_unit_id, year, value, decided_at FROM public.target;
CREATE VIEW rival.outcome AS
    SELECT id, indicator_id, org_unit_id, year, kind, month, gender, value, origin, state FROM public.outcome;
CREATE VIEW rival.reporting_period AS
    SELECT organisation_id, year, kind, label FROM public.reporting_period;
