/** The rules for the content of a branch: a push is checked by them, and so is a declaration at preview. */
export * from "./branch-content";
export { checkBranch } from "./check-branch";
export { checkDeclaredFiles, checkStrays, type DeclaredPart } from "./declared-files";
export { mostPayloadValues, payloadFile } from "./proxy-files";
export { readTokens } from "./vcl/tokens";
