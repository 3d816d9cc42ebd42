/** Names of files and folders that are no part of what people write: `configFrom` passes them over, in any folder. */
export const ignoredNames: ReadonlySet<string> = new Set([".git", ".DS_Store", "node_modules"]);
