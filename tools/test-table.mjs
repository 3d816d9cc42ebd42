// Tables of the parts' times, and of the slowest files.
const slowestShown = 15;

/** Columns of text: the first to the left, numbers to the right. */
function align(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    const cell = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
    return rows.map((row) => row.map(cell).join("  ").trimEnd());
}

const whole = (seconds) => `${Math.round(seconds)}`;

/** The child processes of a file, the most frequent first. */
function listStarted(started) {
    return Object.entries(started)
        .sort(([, one], [, other]) => other - one)
        .map(([name, count]) => `${count} ${name}`)
        .join(", ");
}

/** A line for each part, and one for all of them with the wall time of the parallel run. */
export function tabulateParts(parts, wallSeconds) {
    const sum = (read) => parts.reduce((so, part) => so + read(part), 0);
    return align([
        ["part", "wall s", "CPU s", "passed", "failed"],
        ...parts.map(({ name, took, passes, failures }) => [
            name,
            whole(took.wall),
            whole(took.cpu),
            `${passes}`,
            `${failures}`,
        ]),
        [
            "all",
            whole(wallSeconds),
            whole(sum(({ took }) => took.cpu)),
            `${sum(({ passes }) => passes)}`,
            `${sum(({ failures }) => failures)}`,
        ],
    ]);
}

/** A line for each of the files that computed most, with their child processes. */
export function tabulateFiles(parts, shown = slowestShown) {
    const files = parts.flatMap(({ name, files }) =>
        Object.entries(files).map(([file, took]) => ({ file, part: name, ...took })),
    );
    const slowest = files.sort((one, other) => other.cpu + other.wall - one.cpu - one.wall).slice(0, shown);
    const lines = align([
        ["file", "wall s", "CPU s"],
        ...slowest.map(({ file, wall, cpu }) => [file, whole(wall), whole(cpu)]),
    ]);
    return lines.map((line, index) =>
        index === 0 ? `${line}  started` : `${line}  ${listStarted(slowest[index - 1].started)}`,
    );
}
