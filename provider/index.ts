/** Pulumi resources for the Section platform. */
export * from "./application";
export * from "./config-from";
export * from "./domain";
export * from "./environment";
export * from "./membership";
export * from "./organization";
export * from "./provider";
