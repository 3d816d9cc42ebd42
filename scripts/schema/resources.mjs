// Resources and components of the Pulumi schema: the inputs are those of the nouns, the outputs those of the classes.
import { createRequire } from "node:module";
import path from "node:path";
import { listProperties } from "../reference/declarations.mjs";
import { repository } from "../sources.mjs";
import { textOf } from "./described.mjs";
import { examplesOf } from "./examples.mjs";

const { nouns } = createRequire(import.meta.url)(path.join(repository, "provider/dist/nouns/nouns.js"));

const classNameOf = (kind) => `${kind[0].toUpperCase()}${kind.slice(1)}`;

const components = { ClientSite: "client-site", Agency: "agency" };

/** Kind -> class. */
const resources = Object.fromEntries(Object.keys(nouns).map((kind) => [classNameOf(kind), kind]));

export const isResource = (name) => name in resources || name in components;

/** Arguments that are no property of the noun: they say how to take it over. */
const besides = new Set(listProperties("ResourceArgs").map(({ name }) => name));

const describe = (name, page) => [textOf(name), examplesOf(page)].filter(Boolean).join("\n\n");

const docsOf = (listed) => new Map(listed.map(({ name, doc }) => [name, doc]));

function resourceOf(types, name, kind) {
    const { schema, replacesOn } = nouns[kind];
    const listed = listProperties(`${name}Args`);
    const names = listed.map((each) => each.name).filter((each) => !besides.has(each));
    const checked = Object.keys(schema.shape);
    if ([...names].sort().join() !== [...checked].sort().join())
        throw new Error(`${name}Args has ${names}, and the noun checks ${checked}`);
    const inputs = types.bagOf(`${name}Args`, listed, { side: "input", isPlain: true }, schema.shape);
    for (const each of replacesOn) inputs.properties[each].willReplaceOnChanges = true;
    const outputs = types.outputsOf(name, docsOf(listed));
    return {
        description: describe(name, kind),
        properties: outputs.properties,
        required: outputs.required,
        inputProperties: inputs.properties,
        requiredInputs: inputs.required,
    };
}

function componentOf(types, name, page) {
    const listed = listProperties(`${name}Args`);
    const inputs = types.bagOf(`${name}Args`, listed, { side: "input", isPlain: true });
    const outputs = types.outputsOf(name, docsOf(listed));
    return {
        description: describe(name, page),
        isComponent: true,
        properties: outputs.properties,
        required: outputs.required,
        inputProperties: inputs.properties,
        requiredInputs: inputs.required,
    };
}

/** Every resource and component by its token. Resources come first: they know more about the types that both have. */
export function listResources(types) {
    const all = [
        ...Object.entries(resources).map(([name, kind]) => [name, resourceOf(types, name, kind)]),
        ...Object.entries(components).map(([name, page]) => [name, componentOf(types, name, page)]),
    ];
    return Object.fromEntries(all.map(([name, spec]) => [`section:index:${name}`, spec]));
}
