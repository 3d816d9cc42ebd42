// The tables of the reference pages: what a program writes, and what it reads.
import { whatChanges } from "./changes.mjs";
import { listOutputs, listProperties } from "./declarations.mjs";
import { describeType, takesOutputs } from "./type-words.mjs";

const cell = (text) => text.replaceAll("|", "\\|");

/** A text as code, also if it has code marks itself. */
export const codeOf = (text) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

export function tableOf(head, rows) {
    const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function requireDoc(type, name, doc) {
    if (doc === "") throw new Error(`${type}.${name} has no doc comment, and the page would not say what it is`);
    return doc;
}

/** A doc comment whose sentence about the default has a column of its own. */
function splitDefault(doc) {
    const [sentence, value] = /(?:^|(?<=\s))Default:? (.*?)\.(?=\s|$)/.exec(doc) ?? [];
    if (sentence === undefined) return { value: "", rest: doc };
    return { value, rest: doc.replace(sentence, "").replaceAll("  ", " ").trim() };
}

/**
 * The arguments of a resource, with what happens if one of them changes; or of a component, whose resources decide
 * that.
 *
 * @param kind the resource whose arguments these are, such as `domain`
 */
export function tableOfArguments(link, type, kind) {
    const head = ["argument", "type", "required", "default", ...(kind ? ["if it changes"] : []), "what it is"];
    return tableOf(
        head,
        listProperties(type).map((property) => {
            const { name, isRequired, doc } = property;
            const { value, rest } = splitDefault(requireDoc(type, name, doc));
            const isPlain = !takesOutputs(property.type);
            return [
                `\`${name}\``,
                `${describeType(property.type, link)}${kind && isPlain ? ", plain" : ""}`,
                isRequired ? "yes" : "",
                value,
                ...(kind ? [whatChanges(kind, name)] : []),
                rest,
            ];
        }),
    );
}

/** The properties of a type that stands within arguments or outputs. */
export function tableOfType(link, type) {
    return tableOf(
        ["property", "type", "required", "default", "what it is"],
        listProperties(type).map((property) => {
            const { value, rest } = splitDefault(requireDoc(type, property.name, property.doc));
            const words = describeType(property.type, link);
            return [`\`${property.name}\``, words, property.isRequired ? "yes" : "", value, rest];
        }),
    );
}

/** The properties of a type that only outputs have. */
export function tableOfOutputType(link, type) {
    return tableOf(
        ["property", "type", "what it is"],
        listProperties(type).map(({ name, type: node, doc }) => [
            `\`${name}\``,
            describeType(node, link),
            requireDoc(type, name, doc),
        ]),
    );
}

/** The outputs of a class. One without words of its own is an argument that comes back. */
export function tableOfOutputs(link, type, argumentsType) {
    const declared = new Map(listProperties(argumentsType).map(({ name, doc }) => [name, doc]));
    return tableOf(
        ["output", "type", "what it is"],
        listOutputs(type).map(({ name, type: node, doc }) => [
            `\`${name}\``,
            describeType(node, link),
            doc || (declared.has(name) ? "as declared" : requireDoc(type, name, doc)),
        ]),
    );
}
