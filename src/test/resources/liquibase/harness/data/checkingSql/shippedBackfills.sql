SELECT pipeline_run_id, a.key, CASE WHEN value IS NULL THEN 'NULL' ELSE value END AS value
FROM pipeline_run_annotation a
