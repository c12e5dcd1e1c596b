DELETE FROM people_search WHERE rowid IN (SELECT p.id FROM people_person p WHERE {which});
INSERT INTO people_search (rowid, name, work, topics, text, marks)
SELECT
    p.id,
    p.name,
    p.title || ' ' || coalesce(t.name, '') || ' ' || p.place,
    coalesce((
        SELECT group_concat(topic.name, ' ')
        FROM people_offer o JOIN people_topic topic ON topic.id = o.topic_id WHERE o.person_id = p.id
    ), ''),
    p.about || ' ' || p.brings,
    coalesce((
        SELECT group_concat('xlang' || replace(lower(code.value), '-', ''), ' ') FROM json_each(p.languages) code
    ), '')
FROM people_person p LEFT JOIN people_team t ON t.id = p.team_id
WHERE {which} AND p.state IN ('invited', 'active');
