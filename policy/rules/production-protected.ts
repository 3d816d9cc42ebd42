import { productionName } from "section-model";
import { defineRule } from "../rule";
import type { AnySectionResource, SectionKind } from "../section-resource";

interface Config {
    kinds: SectionKind[];
}

function shownOf({ kind, name, inputs }: AnySectionResource): string {
    if (kind === "organization") return `Organization ${inputs.name ?? name}`;
    if (kind === "application") return `Application ${inputs.hostname ?? name}`;
    return `The ${kind} ${name}`;
}

/** Deleting one of these resources takes whole sites from their visitors. */
export const productionProtected = defineRule<Config>(
    {
        name: "section-production-protected",
        description: "Organizations and applications have the option protect: true.",
        level: "mandatory",
        config: {
            kinds: {
                type: "array",
                items: {
                    type: "string",
                    enum: ["organization", "application", "environment", "domain", "team", "membership"],
                },
                default: ["organization", "application"],
                description: "The kinds of resources that have to be protected; of environments only Production",
            },
        },
    },
    {
        resource: (resource, report, { kinds }) => {
            if (resource.isProtected || !kinds.includes(resource.kind)) return;
            if (resource.kind === "environment" && resource.inputs.name !== productionName) return;
            report(resource, {
                finding: `${shownOf(resource)} is not protected`,
                why: "a line that is lost in the program, or a destroy, takes the site and its repository with it",
                fix: `give ${resource.name} the option { protect: true }; its children get it too`,
            });
        },
    },
);
