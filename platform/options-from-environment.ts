import { nearestName, Problem } from "section-model";
import { type PlatformOptions, settings, variablePrefix } from "./options";

/** A variable that only tests set; failpoint.ts reads it. */
const failpointVariable = `${variablePrefix}FAILPOINT`;

/**
 * The settings that the environment holds. A variable that looks like one and is none is refused: a misspelt limit
 * would be no limit.
 */
export function optionsFromEnvironment(environment: NodeJS.ProcessEnv): PlatformOptions {
    const variables = settings.map(({ variable }) => variable);
    const unknown = Object.keys(environment).filter(
        (name) => name.startsWith(variablePrefix) && name !== failpointVariable && !variables.includes(name),
    );
    if (unknown.length > 0) {
        const named = unknown.map((name) => {
            const meant = nearestName(name, variables);
            return meant === undefined ? name : `${name} (did you mean ${meant}?)`;
        });
        throw new Problem("invalid-input", `there is no setting ${named.join(", ")}`, {
            remedy: "Correct the name or unset the variable",
        });
    }
    return Object.fromEntries(
        settings.flatMap(({ name, variable }) => (environment[variable] ? [[name, environment[variable]]] : [])),
    ) as PlatformOptions;
}
