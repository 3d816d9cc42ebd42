// No case asserts only inside of loops over lists that may be empty: it could not fail. A list that is written out in
// the test is not empty. test/support/require-some.ts asserts it of other lists.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { report, repository } from "./sources.mjs";

/** The list itself, without parentheses, `as`, `await`, `Promise.all` and Object's readers around it. */
function unwrap(node) {
    if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node))
        return unwrap(node.expression);
    if (ts.isCallExpression(node) && /^(Promise\.all|Object\.\w+)$/.test(node.expression.getText()))
        return unwrap(node.arguments[0]);
    if (ts.isNewExpression(node) && node.arguments?.length > 0) return unwrap(node.arguments[0]);
    return node;
}

/** Calls that keep a list as long as it is. */
const keeping = /^(map|entries|keys|values|concat|reverse|sort|split)$/;

/** True for a list that is visibly not empty. */
function hasSome(list, written) {
    const node = unwrap(list);
    if (ts.isArrayLiteralExpression(node)) return node.elements.some((each) => !ts.isSpreadElement(each));
    if (ts.isObjectLiteralExpression(node)) return node.properties.length > 0;
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true;
    if (ts.isIdentifier(node)) {
        const value = written.get(node.text);
        written.delete(node.text); // a list that is made of itself says nothing
        const has = value !== undefined && hasSome(value, written);
        if (value !== undefined) written.set(node.text, value);
        return has;
    }
    if (!ts.isCallExpression(node)) return false;
    if (/^(requireSome|Array\.from)$/.test(node.expression.getText())) return true;
    if (!ts.isPropertyAccessExpression(node.expression)) return false;
    return keeping.test(node.expression.name.text) && hasSome(node.expression.expression, written);
}

const isCase = (node) => ts.isCallExpression(node) && node.expression.getText() === "it" && node.arguments.length > 1;

/** Counts the assertions of a case: certain ones, and those that run only if a list is not empty. */
function countAssertions(body, written) {
    const counted = { certain: 0, perhaps: 0 };
    const walk = (node, isCertain) => {
        if (ts.isForOfStatement(node)) {
            walk(node.expression, isCertain);
            walk(node.statement, isCertain && hasSome(node.expression, written));
            return;
        }
        if (ts.isCallExpression(node) && /^assert\b/.test(node.expression.getText()))
            counted[isCertain ? "certain" : "perhaps"] += 1;
        ts.forEachChild(node, (child) => walk(child, isCertain));
    };
    walk(body, true);
    return counted;
}

/** Collects the initial values of variables, of a file or, over these, of one of its cases. */
function collectWritten(node, written) {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
        written.set(node.name.text, node.initializer);
    ts.forEachChild(node, (child) => void collectWritten(child, written)); // an answer would end it
    return written;
}

function listCases(node) {
    const cases = isCase(node) ? [node] : [];
    ts.forEachChild(node, (child) => void cases.push(...listCases(child)));
    return cases;
}

function findFaults(file) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const ofFile = collectWritten(source, new Map());
    return listCases(source)
        .filter((each) => {
            const { certain, perhaps } = countAssertions(each, collectWritten(each, new Map(ofFile)));
            return certain === 0 && perhaps > 0;
        })
        .map((each) => {
            const line = source.getLineAndCharacterOfPosition(each.getStart()).line + 1;
            return `${path.relative(repository, file)}:${line} asserts only of the members of lists that may be empty`;
        });
}

const tests = readdirSync(path.join(repository, "test"), { recursive: true })
    .filter((name) => /\.(test|story|proof)\.ts$/.test(name))
    .map((name) => path.join(repository, "test", name));
report("loop-assertions", tests.flatMap(findFaults));
