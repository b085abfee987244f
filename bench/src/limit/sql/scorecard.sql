-- $1 the unit, $2 the year, $3 the kind of period, $4 the month (0 for none), $5 the bit of the kind, $6 the indicators
WITH measured AS MATERIALIZED (
    SELECT
        indicator.id,
        indicator.code,
        indicator.name,
        indicator.unit,
        indicator.decimals,
        indicator.direction,
        CASE indicator.category WHEN 'STAFF' THEN 0 WHEN 'ECONOMY' THEN 1 ELSE 2 END AS family,
        target.value AS target,
        target.decided_at,
        before.value AS previous_target,
        outcome.id AS outcome_id,
        outcome.value,
        outcome.origin,
        outcome.state,
        round(outcome.value * 0.000001, indicator.decimals) AS shown,
        previous.id AS previous_id,
        previous.value AS previous,
        round(previous.value * 0.000001, indicator.decimals) AS previous_shown,
        CASE
            WHEN outcome.value IS NULL THEN 'MISSING'
            WHEN target.value IS NULL OR indicator.direction = 'NEUTRAL' THEN 'NO_TARGET'
            WHEN indicator.direction = 'CLOSER_IS_BETTER' THEN CASE
                WHEN abs(outcome.value - target.value) <= coalesce(tolerance, abs(target.value) * 0.05) THEN 'GREEN'
                WHEN abs(outcome.value - target.value) <= 2 * coalesce(tolerance, abs(target.value) * 0.05) THEN 'YELLOW'
                ELSE 'RED'
            END
            WHEN indicator.direction = 'HIGHER_IS_BETTER' THEN CASE
                WHEN outcome.value >= target.value THEN 'GREEN'
                WHEN outcome.value >= target.value - coalesce(tolerance, abs(target.value) * 0.05) THEN 'YELLOW'
                ELSE 'RED'
            END
            WHEN outcome.value <= target.value THEN 'GREEN'
            WHEN outcome.value <= target.value + coalesce(tolerance, abs(target.value) * 0.05) THEN 'YELLOW'
            ELSE 'RED'
        END AS status
    FROM org_unit
    JOIN indicator ON indicator.organisation_id = org_unit.organisation_id
    LEFT JOIN target
        ON target.indicator_id = indicator.id AND target.org_unit_id = org_unit.id AND target.year = $2
    LEFT JOIN target AS before
        ON before.indicator_id = indicator.id AND before.org_unit_id = org_unit.id AND before.year = $2 - 1
    LEFT JOIN outcome
        ON outcome.indicator_id = indicator.id AND outcome.org_unit_id = org_unit.id
        AND outcome.year = $2 AND outcome.kind = $3 AND outcome.month = $4 AND outcome.gender = 'TOTAL'
    LEFT JOIN outcome AS previous
        ON previous.indicator_id = indicator.id AND previous.org_unit_id = org_unit.id
        AND previous.year = $2 - 1 AND previous.kind = $3 AND previous.month = $4 AND previous.gender = 'TOTAL'
    WHERE org_unit.id = $1
      AND indicator.id = ANY ($6)
      AND indicator.frequency & $5 <> 0
      AND (target.id IS NOT NULL OR outcome.id IS NOT NULL)
)
SELECT json_build_object('data', json_build_object('orgUnit', (
    SELECT json_build_object('name', org_unit.name, 'scorecard', json_build_object(
        'period', json_build_object('label', coalesce((
            SELECT label
            FROM reporting_period
            WHERE organisation_id = org_unit.organisation_id AND year <= $2 AND kind = $3
            ORDER BY year DESC
            LIMIT 1
        ), CASE $3 WHEN 'AR' THEN 'ÅR' ELSE $3 END) || ' ' || $2),
        'summary', (
            SELECT json_build_object(
                'green', count(*) FILTER (WHERE status = 'GREEN'),
                'yellow', count(*) FILTER (WHERE status = 'YELLOW'),
                'red', count(*) FILTER (WHERE status = 'RED'),
                'missing', count(*) FILTER (WHERE status = 'MISSING'),
                'noTarget', count(*) FILTER (WHERE status = 'NO_TARGET'),
                'total', count(*)
            )
            FROM measured
        ),
        'rows', json_build_object('totalCount', (SELECT count(*) FROM measured), 'nodes', (
            SELECT coalesce(json_agg(json_build_object(
                'indicator', json_build_object(
                    'id', translate(encode('\x09'::bytea || uuid_send(id), 'base64'), '+/=', '-_'),
                    'code', code,
                    'name', name,
                    'unit', unit,
                    'decimals', decimals,
                    'direction', direction
                ),
                'target', CASE WHEN target IS NOT NULL THEN json_build_object(
                    'value', trim_scale(target * 0.000001)::text,
                    'decidedAt', decided_at
                ) END,
                'outcome', CASE WHEN outcome_id IS NOT NULL THEN json_build_object(
                    'value', trim_scale(value * 0.000001)::text,
                    'displayValue', coalesce(translate(shown::text, '.-', ',−')
                        || CASE WHEN unit = '' THEN '' ELSE U&'\00a0' || unit END, '–'),
                    'origin', origin,
                    'state', state
                ) END,
                'previous', CASE WHEN previous_id IS NOT NULL THEN json_build_object(
                    'value', trim_scale(previous * 0.000001)::text,
                    'displayValue', coalesce(translate(previous_shown::text, '.-', ',−')
                        || CASE WHEN unit = '' THEN '' ELSE U&'\00a0' || unit END, '–')
                ) END,
                'deviation', trim_scale((value - target) * 0.000001)::text,
                'status', status,
                'trend', CASE
                    WHEN shown IS NULL OR previous_shown IS NULL OR direction = 'NEUTRAL' THEN 'UNKNOWN'
                    WHEN direction = 'CLOSER_IS_BETTER' THEN CASE
                        WHEN target IS NULL OR previous_target IS NULL THEN 'UNKNOWN'
                        WHEN shown = previous_shown THEN 'STABLE'
                        ELSE (ARRAY['IMPROVING', 'STABLE', 'DECLINING'])[2 + sign(
                            abs(shown - target * 0.000001) - abs(previous_shown - previous_target * 0.000001))::integer]
                    END
                    WHEN shown = previous_shown THEN 'STABLE'
                    WHEN (shown > previous_shown) = (direction = 'HIGHER_IS_BETTER') THEN 'IMPROVING'
                    ELSE 'DECLINING'
                END
            ) ORDER BY family, name COLLATE swedish, id), '[]')
            FROM (SELECT * FROM measured ORDER BY family, name COLLATE swedish, id LIMIT 50) page
        ))
    ))
    FROM org_unit
    WHERE org_unit.id = $1
)))::text
