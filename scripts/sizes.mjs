// A file has one idea: none over 300 lines, half of them at most 70.
import { listSources, report } from "./sources.mjs";

const longest = 300;
const median = 70;
const lines = listSources().map(({ file, text }) => ({ file, count: text.split("\n").length - 1 }));
const wrong = lines
    .filter(({ count }) => count > longest)
    .map(({ file, count }) => `${file} has ${count} lines: it has two ideas`);
const middle = lines.map(({ count }) => count).sort((one, other) => one - other)[Math.floor(lines.length / 2)];
if (middle > median) wrong.push(`the median file has ${middle} lines, more than ${median}`);
report("sizes", wrong);
