/**
 * What the command `pulumi-section` needs of this package beside what a program loads. Only packages of this repository
 * import it: it may change with every version.
 */
export * from "./config/ignored-names";
export * from "./history/author";
export * from "./history/difference";
export * from "./history/drift";
export * from "./history/mover";
export * from "./lookup/find";
export * from "./lookup/results";
export * from "./nouns/domain/domain-certificate";
export * from "./nouns/environment/binary-files";
export * from "./nouns/environment/environment-content";
export * from "./nouns/nouns";
export * from "./program/columns";
export * from "./program/secret-text";
export * from "./protection/expectation";
export * from "./protection/lockout";
export * from "./protection/sight";
export * from "./protection/unseen-organization";
export * from "./protocol/recorded";
export * from "./resources/dns-advice";
export * from "./run/branch";
export * from "./run/gone";
export * from "./run/kind";
export * from "./run/printable";
export * from "./run/properties";
export * from "./run/session";
export * from "./run/settings";
export * from "./run/unknown";
