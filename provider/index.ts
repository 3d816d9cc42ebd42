/** Pulumi resources for the Section platform. */
import { guardProgram } from "./guard";

export * from "./access-matrix";
export * from "./application";
export * from "./config-from";
export * from "./domain";
export * from "./environment";
export * from "./lookups";
export * from "./membership";
export * from "./organization";
export * from "./provider";
export * from "./team";

guardProgram(); // the engine loads a program, and this with it, once per run
