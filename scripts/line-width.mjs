// Finds lines that are too wide, except those that the formatter cannot break either.
import ts from "typescript";

/** The widest that a line may be, in characters. */
export const widest = 120;

/** Literals that nothing can break: a text, a template with all that is in it, a regular expression. */
function literalsOf(source) {
    const literals = [];
    const visit = (node) => {
        if (
            ts.isStringLiteralLike(node) ||
            ts.isTemplateExpression(node) ||
            node.kind === ts.SyntaxKind.RegularExpressionLiteral
        )
            literals.push([node.getStart(source), node.getEnd()]);
        else ts.forEachChild(node, visit);
    };
    visit(source);
    return literals;
}

/**
 * Numbers of the lines that are too wide. A line is allowed if it would be narrow enough without one literal, which has
 * to stay whole.
 */
export function listWideLines(file, text) {
    const lines = text.split("\n");
    const wide = lines.flatMap((line, index) => ([...line].length > widest ? [index] : []));
    if (wide.length === 0) return [];
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const literals = literalsOf(source);
    const starts = source.getLineStarts();
    return wide
        .filter((index) => {
            const [start, end] = [starts[index], starts[index] + lines[index].length];
            const within = literals.map(([from, to]) => Math.min(to, end) - Math.max(from, start));
            return [...lines[index]].length - Math.max(0, ...within) > widest;
        })
        .map((index) => index + 1);
}
