// Types of the Pulumi schema, made of the types that the sources declare. What a noun checks has to agree with its zod
// schema: where the two differ, nothing is made.
import ts from "typescript";
import {
    findDeclaration,
    listOutputs,
    listProperties,
    paragraphsOf,
    typeOfAccess,
} from "../reference/declarations.mjs";
import { areWhole, elementsOf, findForm, formsOf, isOptional, listTexts, valuesOf } from "./checked-forms.mjs";
import { describedProperty, requireText } from "./described.mjs";

/** What takes a value that another resource has, and the names for the same without it. */
const eventual = "pulumi.Input";
const wrappers = new Set([eventual, "pulumi.Output", "Readonly", "Promise"]);

/** Texts of these names are an enumeration, of which the zod schema knows the members. */
const enumerations = new Set(["Role"]);

const isNothing = (node) => node.kind === ts.SyntaxKind.UndefinedKeyword;
const isText = (node) => ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);
const capital = (name) => `${name[0].toUpperCase()}${name.slice(1)}`;
const tokenOf = (name) => `section:index:${name}`;

/** True if a value may be missing. */
export const mayBeMissing = (node) =>
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
 * @property {string} name the property, which names an enumeration that has no name of its own
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

    function enumerationOf(texts, place, name, description) {
        if (place.side !== "input") return { type: "string" }; // a platform may answer with a new one
        const members = texts.map((value) => ({ name: capital(value), value, description: `\`${value}\`` }));
        return keep(name, [...texts].sort().join(), () => ({ type: "string", description, enum: members }));
    }

    function unionOf(nodes, place) {
        const specs = nodes.map((node) => specOf(node, place)).filter((spec) => spec !== undefined);
        const flat = specs.flatMap((spec) => spec.oneOf ?? [spec]);
        const different = [...new Map(flat.map((spec) => [JSON.stringify(spec), spec])).values()];
        if (different.length < 2) return different[0];
        return plainly({ oneOf: different }, place);
    }

    function objectOf(name, place) {
        const declaration = findDeclaration(name);
        const kept = name.replace(/Args$/, "");
        const properties = listProperties(name);
        const form = findForm(
            place.forms,
            name,
            properties.map((each) => each.name),
        );
        return keep(kept, name, () => ({
            type: "object",
            description: requireText(name, paragraphsOf(declaration).join("\n\n")),
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
        if (enumerations.has(written)) {
            const description = paragraphsOf(declaration).join("\n\n");
            const isKnown = types.has(tokenOf(written)) && place.side === "input";
            const spec = isKnown ? { $ref: `#/types/${tokenOf(written)}` } : undefined;
            return plainly(spec ?? enumerationOf(listTexts(place.forms), place, written, description), place);
        }
        if (ts.isTypeAliasDeclaration(declaration)) return specOf(declaration.type, place);
        return plainly(objectOf(written, place), place);
    }

    /** @returns undefined for functions, which no other language can pass */
    function specOf(node, place) {
        if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return specOf(node.type, place);
        if (ts.isFunctionTypeNode(node)) return undefined;
        if (ts.isUnionTypeNode(node)) {
            const nodes = node.types.filter((each) => !isNothing(each));
            if (nodes.length > 1 && nodes.every(isText)) {
                const texts = nodes.map((each) => each.literal.text);
                return plainly(enumerationOf(texts, place, capital(place.name), place.description), place);
            }
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
            const spec = specOf(type, { ...place, forms, name, description: doc });
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
