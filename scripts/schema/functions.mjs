// Functions of the Pulumi schema: the look-ups.
import { listProperties, requireDeclaration } from "../reference/declarations.mjs";
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

/** Every look-up by its token. */
export function listFunctions(types) {
    return Object.fromEntries(names.map((name) => [`section:index:${name}`, functionOf(types, name)]));
}
