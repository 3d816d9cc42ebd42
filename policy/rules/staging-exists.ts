import { productionName } from "section-model";
import { defineRule } from "../rule";
import { sectionResourcesOf } from "../section-resource";

/** People should see a change before visitors get it. */
export const stagingExists = defineRule(
    {
        name: "section-staging-exists",
        description: "Every application has an environment beside Production.",
        level: "advisory",
    },
    {
        stack: (args, report) => {
            const environments = sectionResourcesOf(args, "environment").filter(
                ({ inputs }) => inputs.name !== productionName,
            );
            const tried = new Set(
                environments.flatMap((environment) =>
                    environment.sourcesOf("application", "application").map(({ urn }) => urn),
                ),
            );
            for (const application of sectionResourcesOf(args, "application")) {
                if (tried.has(application.urn)) continue;
                report(application, {
                    finding: `Application ${application.inputs.hostname ?? application.name} has no environment beside ${productionName}`,
                    why: "its visitors are the first to see a change of its configuration",
                    fix: `declare an Environment such as Staging with application: ${application.name}.id and promote its head`,
                });
            }
        },
    },
);
