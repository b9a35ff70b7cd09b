INSERT INTO execution_node (id, task_spec) VALUES ('broken', '[{"name": "Train"}]');

INSERT INTO pipeline_run (id, root_execution_id, created_by, extra_data) VALUES ('broken', 'broken', 'erin', '"not an object"');
