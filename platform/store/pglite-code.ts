import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import type { PGliteOptions } from "@electric-sql/pglite";

type Code = NonNullable<PGliteOptions["pgliteWasmModule"]>;

// Node has it; the types of Node do not
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Code> };

/**
 * How much a function of WebAssembly does before V8 optimises it, about in bytes of its code. By its own measure V8
 * optimises all that a start of the database does once, which takes a fourth of the processor time of a start. A server
 * reaches this one soon, too: after 10,000 small queries both have taken the same time.
 */
const tieringBudget = 100_000_000;

let compiled: Promise<Code> | undefined;

/**
 * The code of the embedded database, compiled once. The compiler has threads of its own: a start that calls this before
 * it loads everything else does both at the same time.
 */
export function compilePglite(): Promise<Code> {
    compiled ??= compileOnce();
    return compiled;
}

function compileOnce(): Promise<Code> {
    setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
    return WebAssembly.compile(readFileSync(require.resolve("@electric-sql/pglite/pglite.wasm")));
}
