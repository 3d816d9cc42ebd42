// Chooses the cases of a command, as options of mocha.

/** True when a group has cases of the suite, "short" or "long"; undefined is both. */
export function hasCases({ long }, suite) {
    if (suite === "short") return long !== true;
    return suite === undefined || long !== undefined;
}

/** Splits the options of the command line into the pattern of `--grep` and the others. */
function takePattern(options) {
    const rest = [];
    let asked = "";
    for (let index = 0; index < options.length; index += 1) {
        const option = options[index];
        if (option === "--grep" || option === "-g") {
            index += 1;
            asked = options[index] ?? "";
        } else if (option.startsWith("--grep=")) asked = option.slice("--grep=".length);
        else rest.push(option);
    }
    return { asked, rest };
}

/** The options for mocha: of those that were asked for, a group's cases of the suite. */
export function chooseCases({ long }, suite, options) {
    if (suite === undefined || !Array.isArray(long)) return options;
    const { asked, rest } = takePattern(options);
    const isLong = long.map(({ source }) => source).join("|");
    const belongs = `(?${suite === "long" ? "=" : "!"}.*?(?:${isLong}))`;
    return [...rest, "--grep", `^${belongs}(?=.*?(?:${asked}))`];
}
