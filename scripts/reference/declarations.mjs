// The types that a program writes or reads, as the provider's source documents them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repository } from "../sources.mjs";

/** Where a name is declared twice, the first folder counts: a program sees the provider's. */
const folders = [
    "provider",
    "provider/resources",
    "provider/agency",
    "provider/config",
    "provider/lookup",
    "model",
    "model/certificate",
];

function isDeclaration(node) {
    const isType = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node);
    return isType || ts.isFunctionDeclaration(node);
}

function readDeclarations() {
    const found = new Map();
    for (const folder of folders)
        for (const name of readdirSync(path.join(repository, folder)).filter((each) => each.endsWith(".ts"))) {
            const file = path.join(repository, folder, name);
            const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
            for (const node of source.statements)
                if (isDeclaration(node) && !found.has(node.name.text)) found.set(node.name.text, node);
        }
    return found;
}

let declarations;

export function findDeclaration(name) {
    declarations ??= readDeclarations();
    return declarations.get(name);
}

export function requireDeclaration(name) {
    const node = findDeclaration(name);
    if (node === undefined) throw new Error(`no file of ${folders.join(", ")} declares ${name}`);
    return node;
}

/** The doc comment of a node as its paragraphs, each in one line. */
export function paragraphsOf(node) {
    const doc = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
    const paragraphs = (ts.getTextOfJSDocComment(doc?.comment) ?? "").trim().split(/\n\s*\n/);
    return paragraphs.map((each) => each.replaceAll(/\s*\n\s*/g, " "));
}

/** The doc comment of a node in one line. */
export function docOf(node) {
    return paragraphsOf(node).join(" ");
}

/** What the doc comment of a function says of a parameter. */
export function docOfParameter(parameter) {
    const words = ts.getJSDocParameterTags(parameter).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "");
    return words.join(" ").replaceAll(/\s*\n\s*/g, " ");
}

/** Own properties after those of the types that it extends by name; what every resource has comes last. */
export function listProperties(name) {
    const node = requireDeclaration(name);
    const inherited = (node.heritageClauses ?? []).flatMap(({ types }) =>
        ts.isInterfaceDeclaration(node) ? types.map(({ expression }) => expression.getText()) : [],
    );
    const own = node.members.filter(ts.isPropertySignature).map((member) => ({
        name: member.name.getText(),
        type: member.type,
        isRequired: member.questionToken === undefined,
        doc: docOf(member),
    }));
    const names = new Set(own.map((property) => property.name));
    return [...own, ...inherited.flatMap(listProperties).filter((property) => !names.has(property.name))];
}

const isHidden = (member) =>
    ts.isPrivateIdentifier(member.name) ||
    member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword || kind === ts.SyntaxKind.PrivateKeyword);

/** What a program reads of an object of a class. */
export function listOutputs(name) {
    return requireDeclaration(name)
        .members.filter((member) => ts.isPropertyDeclaration(member) || ts.isGetAccessor(member))
        .filter((member) => !isHidden(member))
        .map((member) => ({
            name: member.name.getText(),
            type: member.type,
            isRequired: member.questionToken === undefined,
            doc: docOf(member),
        }));
}

/** The members of `export const Role = { ... }`, each with its doc comment. Undefined if there is no such constant. */
export function findMembers(name) {
    const { parent } = requireDeclaration(name);
    const constants = parent.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => declarationList.declarations);
    let value = constants.find((each) => each.name.getText() === name)?.initializer;
    while (value !== undefined && !ts.isObjectLiteralExpression(value)) value = value.expression;
    return value?.properties.map((property) => ({
        name: property.name.getText(),
        value: property.initializer.text,
        doc: docOf(property),
    }));
}

/** The type that stands for `SiteArgs["proxyChain"]`. */
export function typeOfAccess(node) {
    const name = node.objectType.getText();
    const key = JSON.parse(node.indexType.getText());
    const list = ts.isClassDeclaration(requireDeclaration(name)) ? listOutputs : listProperties;
    return list(name).find((each) => each.name === key).type;
}
