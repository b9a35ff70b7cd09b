-- Ten runs for each of the cases below, spread over all keys: old runs which no service annotated next to new ones which
-- it did. "Does any annotation with this key exist?" is true here from the start, and wrong for most runs.
--
-- Each run says in its own annotations column which case it is and which name it must get, so after the backfills
--   SELECT r.annotations ->> 'case', r.annotations ->> 'name', a.value FROM pipeline_run r
--   JOIN pipeline_run_annotation a ON a.pipeline_run_id = r.id AND a.key = 'system/pipeline_run.name'
-- shows both next to each other.

CREATE TEMP TABLE demo_case (number INTEGER PRIMARY KEY, title, created_by, extra_data, task_spec, name);

-- The first source: extra_data. Its runs also have a component with a name, the second source.
INSERT INTO demo_case (title, created_by, extra_data, name) VALUES
  ('named in extra_data',                'alice', '{"pipeline_name": "Train the churn model"}', 'Train the churn model'),
  ('extra_data is SQL NULL',             'bob',   NULL,                                  'The component'),
  ('extra_data is a JSON null',          'carol', 'null',                                'The component'),
  ('extra_data has no name',             'alice', '{"priority": 3}',                     'The component'),
  ('extra_data has a null name',         NULL,    '{"pipeline_name": null}',             'The component'),
  ('an empty name is a name',            'bob',   '{"pipeline_name": ""}',               ''),
  ('a name that reads null',             'carol', '{"pipeline_name": "null"}',           'null'),
  ('a number is not a name',             'alice', '{"pipeline_name": 42}',               'The component'),
  ('a boolean is not a name',            '',      '{"pipeline_name": true}',             'The component'),
  ('an object is not a name',            'bob',   '{"pipeline_name": {"en": "Train"}}',  'The component'),
  ('an array is not a name',             'carol', '{"pipeline_name": ["Train"]}',        'The component'),
  ('extra_data is an array',             'alice', '[{"pipeline_name": "Train"}]',        'The component'),
  ('extra_data is a string',             'bob',   '"Train"',                             'The component'),
  ('extra_data is a number',             'carol', '12',                                  'The component'),
  ('extra_data is a number too large',   NULL,    '1e400',                               'The component'),
  ('extra_data is not JSON',             'alice', '{"pipeline_name": "Trai',             'The component'),
  ('extra_data is binary',               'bob',   x'00ff00ff',                           'The component'),
  ('NaN, as Python writes it',           'carol', '{"loss": NaN, "pipeline_name": "Train with NaN"}', 'Train with NaN'),
  ('a key that is written with escapes', 'alice', '{"pipeline\u005fname": "Escaped key"}', 'Escaped key'),
  ('an emoji that is written escaped',   'bob',   '{"pipeline_name": "\ud83d\ude80 Launch"}', '🚀 Launch'),
  ('quotes, backslashes, line ends',     'carol', '{"pipeline_name": "\"a\" \\ ''b''\nc"}', '"a" \ ''b''' || char(10) || 'c'),
  ('SQL in a name',                      'alice', '{"pipeline_name": "''; DROP TABLE pipeline_run; --"}', '''; DROP TABLE pipeline_run; --'),
  ('spaces around a name',               NULL,    '{"pipeline_name": "  Train  "}',      '  Train  '),
  ('255 letters',                        'bob',   '{"pipeline_name": "' || printf('%.255c', 'x') || '"}', printf('%.255c', 'x')),
  ('256 letters, one too many',          'carol', '{"pipeline_name": "' || printf('%.256c', 'x') || '"}', printf('%.255c', 'x')),
  ('300 accented letters',               'alice', '{"pipeline_name": "' || replace(printf('%.300c', 'x'), 'x', 'é') || '"}', replace(printf('%.255c', 'x'), 'x', 'é')),
  ('300 emoji: 255 characters, not 127', 'bob',   '{"pipeline_name": "' || replace(printf('%.300c', 'x'), 'x', '😀') || '"}', replace(printf('%.255c', 'x'), 'x', '😀'));

-- The second source: the component of the run's root execution.
INSERT INTO demo_case (title, created_by, task_spec, name) VALUES
  ('named by its component',             'carol', '{"componentRef": {"spec": {"name": "Train the ranker"}}}', 'Train the ranker'),
  ('an empty component name is a name',  'alice', '{"componentRef": {"spec": {"name": ""}}}', ''),
  ('the component has a null name',      NULL,    '{"componentRef": {"spec": {"name": null}}}', ''),
  ('the component has a number as name', 'bob',   '{"componentRef": {"spec": {"name": 7}}}',    ''),
  ('the component has no name',          'carol', '{"componentRef": {"spec": {}}}',       ''),
  ('the spec is null',                   'alice', '{"componentRef": {"spec": null}}',     ''),
  ('the spec is an array',               '',      '{"componentRef": {"spec": [{"name": "Train"}]}}', ''),
  ('the componentRef is null',           'bob',   '{"componentRef": null}',               ''),
  ('the componentRef is a string',       'carol', '{"componentRef": "sha256:9f86d081"}',  ''),
  ('there is no componentRef',           'alice', '{}',                                   ''),
  ('the task spec is not JSON',          'bob',   'to be written',                        ''),
  ('nobody and nothing known',           NULL,    '{}',                                   ''),
  ('a creator of 300 characters',        printf('%.300c', 'u'), '{"componentRef": {"spec": {"name": "Train"}}}', 'Train'),
  ('the root execution is gone',         'carol', NULL,                                   '');

-- New runs, which the service annotated when it created them; what is there is never changed.
INSERT INTO demo_case (title, created_by, extra_data, name) VALUES
  ('new, annotated in full',             'alice', '{"pipeline_name": "Nightly report"}',  'Nightly report'),
  ('new, only its creator annotated',    'bob',   '{"pipeline_name": "Hourly report"}',   'Hourly report'),
  ('new, only its name annotated',       NULL,    '{"pipeline_name": "Weekly report"}',   'Weekly report'),
  ('renamed by its user',                'carol', '{"pipeline_name": "Copy of report"}',  'My report'),
  ('annotated with an empty name',       'alice', '{"pipeline_name": "Some report"}',     ''),
  ('annotated with NULL as name',        'bob',   '{"pipeline_name": "Some report"}',     NULL),
  ('has annotations of its user only',   'carol', '{"pipeline_name": "Tagged report"}',   'Tagged report'),
  ('has a key in other letters',         'alice', '{"pipeline_name": "Shouted report"}',  'Shouted report');

CREATE TEMP TABLE demo_annotation (title, key, value);

INSERT INTO demo_annotation VALUES
  ('new, annotated in full',             'system/pipeline_run.created_by', 'alice'),
  ('new, annotated in full',             'system/pipeline_run.name',       'Nightly report'),
  ('new, only its creator annotated',    'system/pipeline_run.created_by', 'bob'),
  ('new, only its name annotated',       'system/pipeline_run.name',       'Weekly report'),
  ('renamed by its user',                'system/pipeline_run.created_by', 'carol'),
  ('renamed by its user',                'system/pipeline_run.name',       'My report'),
  ('annotated with an empty name',       'system/pipeline_run.name',       ''),
  ('annotated with NULL as name',        'system/pipeline_run.name',       NULL),
  ('has annotations of its user only',   'team',                           'search'),
  ('has annotations of its user only',   'system/pipeline_run.name.old',   'Untagged report'),
  ('has a key in other letters',         'System/Pipeline_Run.Name',       'SHOUTED REPORT');

CREATE TEMP TABLE demo_run AS
WITH RECURSIVE round (round) AS (SELECT 0 UNION ALL SELECT round + 1 FROM round WHERE round < 9)
SELECT round * (SELECT COUNT(*) FROM demo_case) + number AS number, demo_case.title, created_by, extra_data, task_spec, name
FROM round, demo_case;

INSERT INTO execution_node (id, task_spec)
SELECT printf('execution-%04d', number), COALESCE(task_spec, '{"componentRef": {"spec": {"name": "The component"}}}')
FROM demo_run
WHERE title <> 'the root execution is gone'
ORDER BY number;

INSERT INTO pipeline_run (id, root_execution_id, annotations, created_by, created_at, updated_at, extra_data)
SELECT printf('run-%04d', number), printf('execution-%04d', number), json_object('case', title, 'name', name), created_by,
       datetime('2025-01-01', number || ' hours'), datetime('2025-01-01', number || ' hours'), extra_data
FROM demo_run
ORDER BY number;

INSERT INTO pipeline_run_annotation (pipeline_run_id, key, value)
SELECT printf('run-%04d', demo_run.number), demo_annotation.key, demo_annotation.value
FROM demo_run JOIN demo_annotation USING (title)
ORDER BY 1;

DROP TABLE demo_run;
DROP TABLE demo_annotation;
DROP TABLE demo_case;
