// Types of the Pulumi schema, made of the types that the sources declare. What a noun checks has to agree with its zod
// schema: where the two differ, nothing is made.
import ts from "typescript";
import { findDeclaration, findMembers, listOutputs, listProperties, typeOfAccess } from "../reference/declarations.mjs";
import { areWhole, elementsOf, findForm, formsOf, isOptional, listTexts, valuesOf } from "./checked-forms.mjs";
import { describedProperty, requireText, textOf } from "./described.mjs";

/** What takes a value that another resource has, and the names for the same without it. */
const eventual = "pulumi.Input";
const wrappers = new Set([eventual, "pulumi.Output", "Readonly", "Promise"]);

const isNothing = (node) => node.kind === ts.SyntaxKind.UndefinedKeyword;
const isText = (node) => ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);
const tokenOf = (name) => `section:index:${name}`;

/** True if a value may be missing. */
const mayBeMissing = (node) =>
    (ts.isUnionTypeNode(node) && node.types.some(isNothing)) ||
    (ts.isTypeReferenceNode(node) &&
        wrappers.has(node.typeName.getText()) &&
        (node.typeArguments ?? []).some(mayBeMissing));

/** Numbers that we give are whole; those that a program gives, where a schema says so. */
const isWhole = ({ side, forms }) => side !== "input" || (forms.length > 0 && areWhole(forms));

/** The texts that a value may be, if it can be no other. */
function textsOf(node) {
    if (ts.isTypeReferenceNode(node) && wrappers.has(node.typeName.getText())) return textsOf(node.typeArguments[0]);
    const nodes = ts.isUnionTypeNode(node) ? node.types.filter((each) => !isNothing(each)) : [];
    return nodes.every(isText) ? nodes.map((each) => each.literal.text) : [];
}

/** A description that also names the possible texts: the type of an output does not. */
function withTexts(doc, texts) {
    if (texts.every((text) => doc.includes(text))) return doc;
    return `${doc} One of ${texts.map((text) => `\`${text}\``).join(", ")}.`;
}

/**
 * Where a type stands.
 *
 * @typedef {object} Place
 * @property {"input" | "output"} side whether a program writes it or reads it
 * @property {string} name the property, for messages
 * @property {object[]} forms the zod schemas that check it; empty where nothing does
 * @property {boolean} isPlain true if no value of another resource may stand there
 */

/** @param isResource whether a name is that of a resource or component of the package */
export function collectTypes(isResource) {
    const types = new Map();

    /** Keeps a type under its name. A name has one meaning. */
    function keep(name, origin, make) {
        const token = tokenOf(name);
        const known = types.get(token);
        if (known !== undefined && known.origin !== origin)
            throw new Error(`${name} would be two types: ${known.origin} and ${origin}`);
        if (known === undefined) {
            const kept = { origin, spec: undefined };
            types.set(token, kept); // before its properties, which may name it
            kept.spec = make();
        }
        return { $ref: `#/types/${token}` };
    }

    const plainly = (spec, { side, isPlain }) => (side === "input" && isPlain ? { ...spec, plain: true } : spec);

    /** @param members the constant of the same name that a program in TypeScript uses */
    function enumerationOf(name, members, place) {
        if (place.side !== "input") return { type: "string" }; // a platform may answer with a new one
        const texts = members.map(({ value }) => value);
        const checked = listTexts(place.forms);
        if (checked.length > 0 && [...checked].sort().join() !== [...texts].sort().join())
            throw new Error(`${name} has ${texts}, and the noun's schema has ${checked}`);
        return keep(name, name, () => ({
            type: "string",
            description: textOf(name),
            enum: members.map(({ doc, ...member }) => ({
                ...member,
                description: requireText(`${name}.${member.name}`, doc),
            })),
        }));
    }

    function unionOf(nodes, place) {
        const specs = nodes.map((node) => specOf(node, place)).filter((spec) => spec !== undefined);
        const flat = specs.flatMap((spec) => spec.oneOf ?? [spec]);
        const different = [...new Map(flat.map((spec) => [JSON.stringify(spec), spec])).values()];
        if (different.length < 2) return different[0];
        return plainly({ oneOf: different }, place);
    }

    function objectOf(name, place) {
        const kept = name.replace(/Args$/, "");
        const properties = listProperties(name);
        const form = findForm(
            place.forms,
            name,
            properties.map((each) => each.name),
        );
        return keep(kept, name, () => ({
            type: "object",
            description: textOf(name),
            ...bagOf(name, properties, { ...place, isPlain: true }, form?.shape),
        }));
    }

    function referenceOf(node, place) {
        const written = node.typeName.getText();
        const [first, second] = node.typeArguments ?? [];
        if (wrappers.has(written)) return specOf(first, { ...place, isPlain: place.isPlain && written !== eventual });
        if (written === "Record") {
            const forms = valuesOf(place.forms).flatMap(formsOf);
            return plainly({ type: "object", additionalProperties: specOf(second, { ...place, forms }) }, place);
        }
        if (written === "pulumi.ID") return { type: "string" };
        if (isResource(written)) return { $ref: `#/resources/${tokenOf(written)}` };
        const declaration = findDeclaration(written);
        if (declaration === undefined) throw new Error(`no file that the schema is made from declares ${written}`);
        const members = findMembers(written);
        if (members !== undefined) return plainly(enumerationOf(written, members, place), place);
        if (ts.isTypeAliasDeclaration(declaration)) return specOf(declaration.type, place);
        return plainly(objectOf(written, place), place);
    }

    /** @returns undefined for functions, which no other language can pass */
    function specOf(node, place) {
        if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return specOf(node.type, place);
        if (ts.isFunctionTypeNode(node)) return undefined;
        if (ts.isUnionTypeNode(node)) {
            const nodes = node.types.filter((each) => !isNothing(each));
            if (place.side === "input" && nodes.length > 1 && nodes.every(isText))
                throw new Error(`${place.name}: give ${node.getText()} a name and a constant, such as Ownership has`);
            return unionOf(nodes, place);
        }
        if (ts.isArrayTypeNode(node)) {
            const forms = elementsOf(place.forms).flatMap(formsOf);
            return plainly({ type: "array", items: specOf(node.elementType, { ...place, forms }) }, place);
        }
        if (ts.isIndexedAccessTypeNode(node)) return specOf(typeOfAccess(node), place);
        if (ts.isTypeReferenceNode(node)) return referenceOf(node, place);
        const plain = {
            [ts.SyntaxKind.StringKeyword]: "string",
            [ts.SyntaxKind.BooleanKeyword]: "boolean",
            [ts.SyntaxKind.NumberKeyword]: isWhole(place) ? "integer" : "number",
        }[node.kind];
        const type = plain ?? (isText(node) ? "string" : undefined);
        if (type === undefined) throw new Error(`${place.name}: the schema has no type for ${node.getText()}`);
        return plainly({ type }, place);
    }

    /**
     * Properties with their types and descriptions, and those that must be there.
     *
     * @param shape the zod schemas of the properties that are checked, by name
     */
    function bagOf(owner, listed, place, shape = {}) {
        const properties = {};
        const required = [];
        for (const { name, type, isRequired, doc } of listed) {
            const rule = shape[name];
            const isNeeded = isRequired && !mayBeMissing(type);
            if (rule !== undefined && isOptional(rule) === isNeeded)
                throw new Error(`${owner}.${name} is ${isNeeded ? "" : "not "}required, unlike in the noun's schema`);
            const forms = rule === undefined ? [] : formsOf(rule);
            const spec = specOf(type, { ...place, forms, name });
            const description = place.side === "input" || doc === "" ? doc : withTexts(doc, textsOf(type));
            properties[name] = describedProperty(owner, name, spec, description);
            if (isNeeded) required.push(name);
        }
        return { properties, ...(required.length > 0 && { required: required.sort() }) };
    }

    return {
        bagOf,
        /** What a program reads of an object of a class. */
        outputsOf: (name, docs) =>
            bagOf(
                name,
                listOutputs(name).map((each) => ({ ...each, doc: each.doc || docs.get(each.name) || "" })),
                { side: "output", isPlain: false },
            ),
        /** Every type that was named, by its token. */
        listTypes: () => Object.fromEntries([...types.keys()].sort().map((token) => [token, types.get(token).spec])),
    };
}
