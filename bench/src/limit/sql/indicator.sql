-- $1 the indicator
SELECT json_build_object('data', json_build_object('indicator', (
    SELECT row_to_json(found)
    FROM (
        SELECT
            translate(encode('\x09'::bytea || uuid_send(id), 'base64'), '+/=', '-_') AS id,
            code,
            name,
            definition,
            category,
            unit,
            decimals,
            direction,
            aggregation,
            array_remove(ARRAY[
                CASE WHEN frequency & 1 <> 0 THEN 'MONTH' END,
                CASE WHEN frequency & 2 <> 0 THEN 'UR1' END,
                CASE WHEN frequency & 4 <> 0 THEN 'UR2' END,
                CASE WHEN frequency & 8 <> 0 THEN 'AR' END
            ], NULL) AS frequency,
            trim_scale(tolerance * 0.000001)::text AS tolerance,
            version,
            updated_at AS "updatedAt"
        FROM indicator
        WHERE id = $1
    ) found
)))::text
