DELETE FROM people_search WHERE rowid IN (SELECT p.id FROM people_person p WHERE {which});
WITH said AS (
    SELECT
        p.id,
        p.name,
        p.title || ' ' || coalesce(t.name, '') || ' ' || p.place AS work,
        coalesce((
            SELECT string_agg(topic.name, ' ')
            FROM people_offer o JOIN people_topic topic ON topic.id = o.topic_id WHERE o.person_id = p.id
        ), '') AS topics,
        p.about || ' ' || p.brings AS text,
        coalesce((
            SELECT string_agg('xlang' || replace(lower(code), '-', ''), ' ')
            FROM jsonb_array_elements_text(p.languages) code
        ), '') AS marks
    FROM people_person p LEFT JOIN people_team t ON t.id = p.team_id
    WHERE {which} AND p.state IN ('invited', 'active')
)
-- Without accents and with blanks for everything but letters and figures, as FTS5 reads it.
INSERT INTO people_search (rowid, people_search)
SELECT said.id, (
    SELECT setweight(v[1], 'A') || setweight(v[2], 'B') || setweight(v[3], 'B')
        || setweight(v[4], 'C') || setweight(v[5], 'D')
    FROM (
        SELECT array_agg(
            to_tsvector('simple', regexp_replace(
                regexp_replace(normalize(part, NFKD), '[\u0300-\u036f]', '', 'g'),
                '[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\u00a0-\u00bf\u2000-\u206f]+', ' ', 'g'
            )) ORDER BY place
        ) AS v
        FROM unnest(ARRAY[said.name, said.work, said.topics, said.text, said.marks])
            WITH ORDINALITY AS parts (part, place)
    ) vectors
)
FROM said;
