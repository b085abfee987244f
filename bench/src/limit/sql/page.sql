-- $1 the indicators
SELECT json_build_object('data', json_build_object('outcomes', json_build_object(
    'totalCount', (SELECT count(*) FROM outcome WHERE indicator_id = ANY ($1)),
    'nodes', (
        SELECT coalesce(json_agg(row_to_json(node)), '[]')
        FROM (
            SELECT
                translate(encode('\x0b'::bytea || uuid_send(first.id), 'base64'), '+/=', '-_') AS id,
                trim_scale(first.value * 0.000001)::text AS value
            FROM unnest($1) AS wanted (id)
            -- The first of each indicator come straight from an index; the first of all are among them.
            CROSS JOIN LATERAL (
                SELECT id, value
                FROM outcome
                WHERE indicator_id = wanted.id
                ORDER BY coalesce(value, -1000000000000000000) DESC, id DESC
                LIMIT 20
            ) first
            ORDER BY coalesce(first.value, -1000000000000000000) DESC, first.id DESC
            LIMIT 20
        ) node
    )
)))::text
