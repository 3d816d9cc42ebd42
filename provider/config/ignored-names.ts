/** Files and folders that people do not write themselves: `configFrom` skips these names in any folder. */
export const ignoredNames: ReadonlySet<string> = new Set([".git", ".DS_Store", "node_modules"]);
