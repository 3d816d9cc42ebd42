/**
 * What a command loads when it runs: loading the whole service takes longer than most commands work. `require`, because
 * TypeScript run from its source by tsx does not resolve a relative `import()` in CommonJS.
 */
export const loadPlatform = () => require("../index") as typeof import("../index");
export const loadContext = () => require("../open-context") as typeof import("../open-context");
