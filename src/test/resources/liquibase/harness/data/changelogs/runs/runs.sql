INSERT INTO execution_node (id, task_spec) VALUES
  ('train', '{"componentRef": {"spec": {"name": "Train a model"}}}'),
  ('nameless', '{"componentRef": {"spec": null}}');

-- Old runs, which nobody annotated.
INSERT INTO pipeline_run (id, root_execution_id, created_by, extra_data) VALUES
  ('named', 'train', 'alice', '{"pipeline_name": "Nightly report 😀"}'),
  ('component named', 'train', 'bob', '{}'),
  ('named null', 'train', NULL, '{"pipeline_name": null}'),
  ('named by a number', 'train', 'Zoë', '{"pipeline_name": 7}'),
  ('named empty', 'train', '', '{"pipeline_name": ""}'),
  ('bare', 'nameless', NULL, NULL);

-- New runs, which the service annotated: a user renamed one, and the name of another was lost.
INSERT INTO pipeline_run (id, root_execution_id, created_by, extra_data) VALUES
  ('annotated', 'train', 'carol', '{"pipeline_name": "Copy of report"}'),
  ('annotated in part', 'train', 'carol', '{"pipeline_name": "Hourly report"}'),
  ('annotated with null', 'train', 'carol', '{"pipeline_name": "Weekly report"}');

-- Without names of columns: one of them, key, is a reserved word, which each database quotes in its own way.
INSERT INTO pipeline_run_annotation VALUES
  ('annotated', 'system/pipeline_run.created_by', 'dave'),
  ('annotated', 'system/pipeline_run.name', 'My report'),
  ('annotated in part', 'system/pipeline_run.created_by', 'carol'),
  ('annotated with null', 'system/pipeline_run.name', NULL),
  ('annotated with null', 'team', 'search');
