// Functions of the Pulumi schema: the look-ups, and the reader of configuration files.
import { docOfParameter, listProperties, requireDeclaration } from "../reference/declarations.mjs";
import { textOf } from "./described.mjs";

const names = ["getOrganization", "getApplication", "getEnvironment", "getDomain", "getEstate"];

/** What every look-up takes as a second argument, and the engine has as options of the call. */
const optionsType = "LookupOptions";

function objectOf(types, name, place) {
    return { type: "object", description: textOf(name), ...types.bagOf(name, listProperties(name), place) };
}

function functionOf(types, name) {
    const { parameters, type } = requireDeclaration(name);
    const [argumentsType] = parameters.map((each) => each.type.getText()).filter((each) => each !== optionsType);
    const inputs = argumentsType && objectOf(types, argumentsType, { side: "input", isPlain: false });
    const [resultType] = type.typeArguments;
    return {
        description: textOf(name),
        ...(inputs && { inputs }),
        outputs: objectOf(types, resultType.getText(), { side: "output", isPlain: false }),
    };
}

/** Options of `configFrom` that only programs in TypeScript have. */
const ofPrograms = new Set(["executable"]);

/** `configFrom(sources, options)` as a function of one object, whose result has a name. */
function readerOf(types) {
    const [sources] = requireDeclaration("configFrom").parameters;
    const options = listProperties("ConfigFromOptions").filter(({ name }) => !ofPrograms.has(name));
    const doc = docOfParameter(sources).replace(/^./, (letter) => letter.toUpperCase());
    const listed = [{ name: "sources", type: sources.type, isRequired: true, doc: `${doc}.` }, ...options];
    const inputs = types.bagOf("configFrom", listed, { side: "input", isPlain: false });
    const config = { name: "config", isRequired: true, doc: textOf("ConfigFiles") };
    const type = requireDeclaration("ConfigFiles").type;
    const outputs = types.bagOf("configFrom", [{ ...config, type }], { side: "output", isPlain: false });
    const describe = (bag, description) => ({ type: "object", description, ...bag });
    return {
        description: textOf("configFrom"),
        inputs: describe(inputs, "Where the files are, and what becomes of them."),
        outputs: describe(outputs, "The files for `config` of an Environment."),
    };
}

/** Every function by its token. */
export function listFunctions(types) {
    const lookups = names.map((name) => [`section:index:${name}`, functionOf(types, name)]);
    return { ...Object.fromEntries(lookups), "section:index:configFrom": readerOf(types) };
}
