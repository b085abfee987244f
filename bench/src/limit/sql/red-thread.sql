-- $1 the plan
WITH focus_areas AS MATERIALIZED (
    SELECT focus_area.id, focus_area.number, focus_area.name, focus_area.origin
    FROM plan_basis
    JOIN focus_area ON focus_area.plan_id = plan_basis.basis_id
    WHERE plan_basis.plan_id = $1 AND (plan_basis.depth = 0 OR focus_area.origin = 'COUNCIL')
), goals AS MATERIALIZED (
    SELECT goal.id, goal.focus_area_id, goal.number, goal.name
    FROM goal
    WHERE goal.focus_area_id IN (SELECT id FROM focus_areas)
), assigned AS MATERIALIZED (
    SELECT id, goal_id, NULL::uuid AS focus_area_id, number, name, status
    FROM assignment
    WHERE goal_id IN (SELECT id FROM goals)
    UNION ALL
    SELECT id, NULL, focus_area_id, number, name, status
    FROM assignment
    WHERE focus_area_id IN (SELECT id FROM focus_areas) AND goal_id IS NULL
), activities AS (
    SELECT assignment_id, json_agg(json_build_object(
        'id', translate(encode('\x08'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
        'name', name,
        'status', status,
        'dueOn', due_on,
        'percentDone', percent_done
    ) ORDER BY name COLLATE swedish, id) AS nodes
    FROM activity
    WHERE assignment_id IN (SELECT id FROM assigned)
    GROUP BY assignment_id
), followed AS (
    SELECT assignment_id, json_agg(json_build_object(
        'id', translate(encode('\x09'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
        'code', code,
        'name', name,
        'unit', unit
    ) ORDER BY name COLLATE swedish, id) AS nodes
    FROM assignment_indicator
    JOIN indicator ON indicator.id = indicator_id
    WHERE assignment_id IN (SELECT id FROM assigned)
    GROUP BY assignment_id
), measured AS (
    SELECT goal_id, json_agg(json_build_object(
        'id', translate(encode('\x09'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
        'code', code,
        'name', name,
        'unit', unit
    ) ORDER BY name COLLATE swedish, id) AS nodes
    FROM goal_indicator
    JOIN indicator ON indicator.id = indicator_id
    WHERE goal_id IN (SELECT id FROM goals)
    GROUP BY goal_id
), assignments AS MATERIALIZED (
    SELECT goal_id, focus_area_id, json_agg(json_build_object(
        'id', translate(encode('\x07'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
        'number', number,
        'name', name,
        'status', status,
        'indicators', json_build_object('nodes', coalesce(followed.nodes, '[]')),
        'activities', json_build_object('nodes', coalesce(activities.nodes, '[]'))
    ) ORDER BY coalesce(number, '') COLLATE swedish_numeric, id) AS nodes
    FROM assigned
    LEFT JOIN followed ON followed.assignment_id = id
    LEFT JOIN activities ON activities.assignment_id = id
    GROUP BY goal_id, focus_area_id
), under AS (
    SELECT goals.focus_area_id, json_agg(json_build_object(
        'id', translate(encode('\x06'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
        'number', number,
        'name', name,
        'indicators', json_build_object('nodes', coalesce(measured.nodes, '[]')),
        'assignments', json_build_object('nodes', coalesce(assignments.nodes, '[]'))
    ) ORDER BY coalesce(number, '') COLLATE swedish_numeric, id) AS nodes
    FROM goals
    LEFT JOIN measured ON measured.goal_id = id
    LEFT JOIN assignments ON assignments.goal_id = id
    GROUP BY goals.focus_area_id
)
SELECT json_build_object('data', json_build_object('plan', (
    SELECT json_build_object(
        'title', plan.title,
        'year', plan.year,
        'status', plan.status,
        'orgUnit', json_build_object('name', org_unit.name),
        'focusAreas', json_build_object('nodes', (
            SELECT coalesce(json_agg(json_build_object(
                'id', translate(encode('\x05'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
                'number', number,
                'name', name,
                'origin', origin,
                'goals', json_build_object('nodes', coalesce(under.nodes, '[]')),
                'assignments', json_build_object('nodes', coalesce(direct.nodes, '[]'))
            ) ORDER BY coalesce(number, '') COLLATE swedish_numeric, id), '[]')
            FROM focus_areas
            LEFT JOIN under ON under.focus_area_id = id
            LEFT JOIN assignments AS direct ON direct.focus_area_id = id
        ))
    )
    FROM plan
    JOIN org_unit ON org_unit.id = plan.org_unit_id
    WHERE plan.id = $1
)))::text
