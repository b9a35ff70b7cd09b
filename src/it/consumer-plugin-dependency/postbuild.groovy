// One word per fact: a failing Groovy assert would print the whole log with each of its parts.
def log = new File(basedir, 'build.log').text

def createdBy = log.contains('Backfill pipeline_run.created_by: complete')
def extraData = log.contains('Backfill pipeline_run.name/extra_data: complete')
def componentSpec = log.contains('Backfill pipeline_run.name/component_spec: complete')
def once = log.count('Backfill pipeline_run.created_by: complete') == 1
def twice = log.count('Update command completed successfully') == 2

assert createdBy
assert extraData
assert componentSpec
assert once
assert twice
