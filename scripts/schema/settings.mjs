// The settings of a stack as configuration of the package and as arguments of an explicit provider.
import { listProperties } from "../reference/declarations.mjs";
import { settings, variableOf } from "../reference/stack-settings.mjs";
import { describedProperty } from "./described.mjs";

/** Those that are no texts. */
const kinds = { allowLiveDelete: "boolean", requirePlatform: "boolean", maxDeletes: "integer", patience: "integer" };

/** What only programs in TypeScript read. */
const ofPrograms = new Set(["plugin"]);

/** Words of the page of settings, without its links. */
function plainOf(words) {
    const sentence = words
        .replaceAll(/(?:: |\. )?(?:, )?\[[^\]]+\]\([^)]+\)/g, "")
        .replaceAll(/ ?`pulumi config set[^`]*`/g, "")
        .replace(/[:.]\s*$/, "");
    return `${sentence[0].toUpperCase()}${sentence.slice(1)}.`;
}

function listSettings() {
    const docs = new Map(listProperties("ProviderArgs").map(({ name, doc }) => [name, doc]));
    return Object.entries(settings)
        .filter(([name]) => !ofPrograms.has(name))
        .map(([name, { what, value }]) => {
            const fallback = value === undefined ? "" : ` Default: ${value}.`;
            const doc = docs.get(name) ?? `${plainOf(what)}${fallback}`;
            return [name, describedProperty("ProviderArgs", name, { type: kinds[name] ?? "string" }, doc)];
        });
}

/** The configuration of the package, with the environment variables that count before it. */
export function configOf() {
    const variables = listSettings().map(([name, property]) => [
        name,
        { ...property, defaultInfo: { environment: [variableOf(name)] } },
    ]);
    return { variables: Object.fromEntries(variables) };
}

/**
 * The explicit provider. Its arguments have no environment variables as defaults: an SDK would write a token of the
 * environment into the state, where it would count before the next one. The plugin reads the variables itself.
 */
export function providerOf() {
    const withVariable = listSettings().map(([name, property]) => {
        const description = `${property.description} Without it the environment variable \`${variableOf(name)}\` counts.`;
        return [name, { ...property, description }];
    });
    return {
        description:
            "A provider for another endpoint or user than the stack's. Its settings beat environment variables and stack config.",
        inputProperties: Object.fromEntries(withVariable),
    };
}
