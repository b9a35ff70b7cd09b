package com.example;

import java.util.List;
import liquibase.ext.backfill.BackfillTaskChange;
import liquibase.ext.backfill.definitions.BackfillDefinition;
import liquibase.ext.backfill.definitions.Coverage;
import liquibase.ext.backfill.definitions.Source;
import liquibase.ext.backfill.definitions.Target;
import liquibase.ext.backfill.definitions.Value;

public final class CustomerTagBackfill extends BackfillTaskChange {
    @Override
    protected BackfillDefinition definition() {
        return new BackfillDefinition(
                "order.customer_tag",
                new Source("orders", "id", List.of()),
                new Target(
                        "order_tag",
                        "order_id",
                        List.of(new Target.Constant("tag", "customer")),
                        List.of(new Target.Computed(
                                "value",
                                List.of(new Value.Column("orders", "customer_name"), new Value.Literal("")),
                                100))),
                Coverage.TOTAL);
    }
}
