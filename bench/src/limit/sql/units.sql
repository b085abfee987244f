-- $1 the indicator, $2 the year
SELECT json_build_object('data', json_build_object('indicator', (
    SELECT json_build_object(
        'name', indicator.name,
        'outcomes', (
            SELECT json_build_object(
                'totalCount', counted.total,
                'pageInfo', json_build_object('hasNextPage', counted.total > 20, 'endCursor', page.last),
                'nodes', page.nodes
            )
            FROM (
                SELECT count(*) AS total
                FROM outcome
                WHERE indicator_id = indicator.id AND year = $2 AND kind = 'AR' AND gender = 'TOTAL'
            ) counted, (
                SELECT
                    coalesce(json_agg(json_build_object(
                        'orgUnit', json_build_object(
                            'id', translate(encode('\x01'::bytea || uuid_send(org_unit.id), 'base64'), '+/=', '-_'),
                            'name', org_unit.name
                        ),
                        'value', trim_scale(first.value * 0.000001)::text,
                        'displayValue', CASE WHEN first.value IS NULL THEN '–' ELSE
                            translate(round(first.value * 0.000001, indicator.decimals)::text, '.-', ',−')
                            || CASE WHEN indicator.unit = '' THEN '' ELSE U&'\00a0' || indicator.unit END
                        END,
                        'state', first.state
                    ) ORDER BY coalesce(first.value, -1000000000000000000) DESC, first.id DESC), '[]') AS nodes,
                    (array_agg(first.id ORDER BY coalesce(first.value, -1000000000000000000) DESC, first.id DESC))[count(*)] AS last
                FROM (
                    SELECT id, org_unit_id, value, state
                    FROM outcome
                    WHERE indicator_id = indicator.id AND year = $2 AND kind = 'AR' AND gender = 'TOTAL'
                    ORDER BY coalesce(value, -1000000000000000000) DESC, id DESC
                    LIMIT 20
                ) first
                JOIN org_unit ON org_unit.id = first.org_unit_id
            ) page
        )
    )
    FROM indicator
    WHERE indicator.id = $1
)))::text
