-- $1 the unit, $2 the indicators, $3 and $4 the first and the last day
WITH months AS MATERIALIZED (
    SELECT
        ordinality AS place,
        extract(year FROM start)::integer AS year,
        extract(month FROM start)::integer AS month,
        json_build_object(
            'label', (ARRAY['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september',
                'oktober', 'november', 'december'])[extract(month FROM start)::integer]
                || ' ' || extract(year FROM start),
            'end', (start + interval '1 month' - interval '1 day')::date
        ) AS period
    FROM generate_series(date_trunc('month', $3::timestamp), $4::timestamp, interval '1 month')
        WITH ORDINALITY AS series (start, ordinality)
)
SELECT json_build_object('data', json_build_object('indicators', json_build_object('nodes', (
    SELECT coalesce(json_agg(json_build_object(
        'id', translate(encode('\x09'::bytea || uuid_send(indicator.id), 'base64'), '+/=', '-_'),
        'name', indicator.name,
        'unit', indicator.unit,
        'series', points.series
    ) ORDER BY indicator.name COLLATE swedish, indicator.id), '[]')
    FROM indicator
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_object(
            'period', months.period,
            'value', trim_scale(outcome.value * 0.000001)::text,
            'target', trim_scale(target.value * 0.000001)::text,
            'status', CASE
                WHEN outcome.value IS NULL THEN 'MISSING'
                WHEN target.value IS NULL OR indicator.direction = 'NEUTRAL' THEN 'NO_TARGET'
                WHEN indicator.direction = 'CLOSER_IS_BETTER' THEN CASE
                    WHEN abs(outcome.value - target.value) <= target.tolerance THEN 'GREEN'
                    WHEN abs(outcome.value - target.value) <= 2 * target.tolerance THEN 'YELLOW'
                    ELSE 'RED'
                END
                WHEN indicator.direction = 'HIGHER_IS_BETTER' THEN CASE
                    WHEN outcome.value >= target.value THEN 'GREEN'
                    WHEN outcome.value >= target.value - target.tolerance THEN 'YELLOW'
                    ELSE 'RED'
                END
                WHEN outcome.value <= target.value THEN 'GREEN'
                WHEN outcome.value <= target.value + target.tolerance THEN 'YELLOW'
                ELSE 'RED'
            END
        ) ORDER BY months.place) AS series
        FROM months
        LEFT JOIN outcome
            ON outcome.indicator_id = indicator.id AND outcome.org_unit_id = $1
            AND outcome.year = months.year AND outcome.kind = 'MONTH' AND outcome.month = months.month
            AND outcome.gender = 'TOTAL'
        LEFT JOIN (
            SELECT year, value, coalesce(indicator.tolerance, abs(value) * 0.05) AS tolerance
            FROM target
            WHERE indicator_id = indicator.id AND org_unit_id = $1
        ) target ON target.year = months.year
    ) points
    WHERE indicator.id = ANY ($2)
))))::text
