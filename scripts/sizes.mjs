// A file has one idea: none over 300 lines, half of them at most 70. A line is at most 120 characters wide.
import { listWideLines, widest } from "./line-width.mjs";
import { listSources, listWritten, report } from "./sources.mjs";

const longest = 300;
const median = 70;
const lines = listSources().map(({ file, text }) => ({ file, count: text.split("\n").length - 1 }));
const wrong = lines
    .filter(({ count }) => count > longest)
    .map(({ file, count }) => `${file} has ${count} lines: it has two ideas`);
const middle = lines.map(({ count }) => count).sort((one, other) => one - other)[Math.floor(lines.length / 2)];
if (middle > median) wrong.push(`the median file has ${middle} lines, more than ${median}`);
for (const { file, text } of listWritten())
    for (const line of listWideLines(file, text)) wrong.push(`${file}:${line} is wider than ${widest} characters`);
report("sizes", wrong);
