package liquibase.ext.backfill.values;

import liquibase.ext.backfill.testing.PipelineTables.Run;

/** Where a case puts its content, and what surrounds it there. */
enum Place {
    /** The value at the path of {@code extra_data}; the component spec has a name to fall back to. */
    NAME_IN_EXTRA_DATA {
        @Override
        Run run(String id, Object content) {
            return Run.of(id, CREATOR, "{\"pipeline_name\": %s}".formatted(content), FALLBACK);
        }

        @Override
        String name(String value) {
            return value == null ? FALLBACK_NAME : value;
        }
    },
    /** The value at the path of {@code task_spec}. */
    NAME_IN_TASK_SPEC {
        @Override
        Run run(String id, Object content) {
            return Run.of(id, CREATOR, null, "{\"componentRef\": {\"spec\": {\"name\": %s}}}".formatted(content));
        }
    },
    /** All of {@code extra_data}; the component spec has a name to fall back to. */
    EXTRA_DATA {
        @Override
        Run run(String id, Object content) {
            return Run.of(id, CREATOR, content, FALLBACK);
        }

        @Override
        String name(String value) {
            return value == null ? FALLBACK_NAME : value;
        }
    },
    /** All of {@code task_spec}. */
    TASK_SPEC {
        @Override
        Run run(String id, Object content) {
            return Run.of(id, CREATOR, null, content);
        }
    },
    CREATED_BY {
        @Override
        Run run(String id, Object content) {
            return Run.of(id, (String) content, null, FALLBACK);
        }

        @Override
        String name(String value) {
            return FALLBACK_NAME;
        }

        @Override
        String creator(String value) {
            return value == null ? "" : value;
        }
    };

    private static final String CREATOR = "somebody";
    private static final String FALLBACK_NAME = "the fallback";
    private static final String FALLBACK = "{\"componentRef\": {\"spec\": {\"name\": \"" + FALLBACK_NAME + "\"}}}";

    /** The run that holds the content here. */
    abstract Run run(String id, Object content);

    /** The run's name, if what the content says is {@code value}. */
    String name(String value) {
        return value == null ? "" : value;
    }

    /** The run's creator, if what the content says is {@code value}. */
    String creator(String value) {
        return CREATOR;
    }
}
