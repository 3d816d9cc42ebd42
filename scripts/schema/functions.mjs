// Functions of the Pulumi schema: the look-ups.
import { listProperties, paragraphsOf, requireDeclaration } from "../reference/declarations.mjs";
import { requireText } from "./described.mjs";

const names = ["getOrganization", "getApplication", "getEnvironment", "getDomain", "getEstate"];

/** What every look-up takes as a second argument, and the engine has as options of the call. */
const optionsType = "LookupOptions";

const typeNameOf = (node) => node.getText();

function objectOf(types, name, place) {
    const description = paragraphsOf(requireDeclaration(name)).join("\n\n");
    const bag = types.bagOf(name, listProperties(name), place);
    return { type: "object", description: requireText(name, description), ...bag };
}

function functionOf(types, name) {
    const node = requireDeclaration(name);
    const { parameters, type } = node;
    const [argumentsType] = parameters.map((each) => typeNameOf(each.type)).filter((each) => each !== optionsType);
    const inputs = argumentsType && objectOf(types, argumentsType, { side: "input", isPlain: false });
    const [resultType] = type.typeArguments;
    return {
        description: requireText(name, paragraphsOf(node).join("\n\n")),
        ...(inputs && { inputs }),
        outputs: objectOf(types, typeNameOf(resultType), { side: "output", isPlain: false }),
    };
}

/** Every look-up by its token. */
export function listFunctions(types) {
    return Object.fromEntries(names.map((name) => [`section:index:${name}`, functionOf(types, name)]));
}
