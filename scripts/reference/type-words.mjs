// Types in words that a table has room for: `pulumi.Input<Record<string, string | OriginArgs>>` is "map of `string` or
// OriginArgs", with a link to the place that documents OriginArgs.
import ts from "typescript";
import { findDeclaration, typeOfAccess } from "./declarations.mjs";

/** The engine's wrappers, which the pages explain once. */
const wrappers = new Set(["pulumi.Input", "pulumi.Output", "Readonly"]);

const isNothing = (node) => node.kind === ts.SyntaxKind.UndefinedKeyword;
const code = (text) => `\`${text}\``;

function describeReference(node, link) {
    const name = node.typeName.getText();
    const [first, second] = node.typeArguments ?? [];
    if (wrappers.has(name)) return describeType(first, link);
    if (name === "Record") return `map of ${describeType(second, link)}`;
    if (name === "pulumi.ID") return code("string");
    const words = link(name);
    if (words !== undefined) return words;
    const declaration = findDeclaration(name);
    if (declaration !== undefined && ts.isTypeAliasDeclaration(declaration))
        return describeType(declaration.type, link);
    throw new Error(`no page documents ${name}: give it a table, or its place in scripts/reference/links.mjs`);
}

/** @param link gives the words for a named type that has a place in the pages; undefined for any other */
export function describeType(node, link) {
    if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return describeType(node.type, link);
    if (ts.isUnionTypeNode(node))
        return [...new Set(node.types.filter((each) => !isNothing(each)).map((each) => describeType(each, link)))].join(
            " or ",
        );
    if (ts.isArrayTypeNode(node)) return `list of ${describeType(node.elementType, link)}`;
    if (ts.isTypeReferenceNode(node)) return describeReference(node, link);
    if (ts.isIndexedAccessTypeNode(node)) return describeType(typeOfAccess(node), link);
    if (ts.isFunctionTypeNode(node)) return "function";
    return code(node.getText().replaceAll(/\s+/g, " "));
}

/** True where an output of another resource may stand as well as a plain value. */
export function takesOutputs(node) {
    return ts.isTypeReferenceNode(node) && node.typeName.getText() === "pulumi.Input";
}
