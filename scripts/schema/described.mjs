// Descriptions, without which nothing comes into the schema.
import { paragraphsOf, requireDeclaration } from "../reference/declarations.mjs";

export function requireText(subject, text) {
    if (text === "") throw new Error(`${subject} has no doc comment, and the schema would not say what it is`);
    return text;
}

/** The doc comment of a type, class or function, with its paragraphs. */
export function textOf(name) {
    return requireText(name, paragraphsOf(requireDeclaration(name)).join("\n\n"));
}

/** Properties whose values nobody may see, by the type that has them. */
const secrets = { OwnCertificateArgs: ["privateKey"], ProviderArgs: ["token"] };

export function describedProperty(owner, name, spec, doc) {
    const isSecret = secrets[owner]?.includes(name);
    return { ...spec, description: requireText(`${owner}.${name}`, doc), ...(isSecret && { secret: true }) };
}
