import { defineRule, refuseSetting } from "../rule";

interface Config {
    resources: string;
    organizations: string;
    environments: string;
    hostnames: string;
}

const patternOf = (what: string, by: string) =>
    ({ type: "string", default: by, description: `Regular expression for ${what}; empty allows all` }) as const;

function readPattern(key: string, pattern: string): RegExp {
    try {
        return new RegExp(pattern);
    } catch (error) {
        throw refuseSetting(`${key} of section-naming is not a regular expression: ${(error as Error).message}`);
    }
}

/** Makes names predictable: of resources in the program, of clients, environments and hostnames. */
export const naming = defineRule<Config>(
    {
        name: "section-naming",
        description: "Names follow the agency's patterns.",
        level: "advisory",
        config: {
            resources: patternOf("names of resources in the program", "^[a-z0-9][\\w./@+-]*$"),
            organizations: patternOf("names of organizations", ""),
            environments: patternOf("names of environments", "^[A-Z][A-Za-z0-9]*$"),
            hostnames: patternOf("hostnames of applications, environments and domains", ""),
        },
    },
    {
        resource: (resource, report, config) => {
            const { kind, name, inputs } = resource;
            const check = (key: keyof Config, what: string, value: string | undefined) => {
                if (value === undefined || config[key] === "" || readPattern(key, config[key]).test(value)) return;
                report(resource, {
                    finding: `The ${what} ${JSON.stringify(value)} does not match ${config[key]}`,
                    why: "searches by the pattern miss this name",
                    fix:
                        key === "resources"
                            ? `rename it; what exists keeps its place with { aliases: [{ name: ${JSON.stringify(name)} }] }`
                            : "rename it",
                });
            };
            check("resources", "name of the resource", name);
            if (kind === "organization") check("organizations", "organization name", inputs.name);
            if (kind === "environment") check("environments", "environment name", inputs.name);
            if ("hostname" in inputs) check("hostnames", "hostname", inputs.hostname);
        },
    },
);
