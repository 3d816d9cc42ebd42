import { readFileSync } from "node:fs";
import type { PGliteOptions } from "@electric-sql/pglite";

type Code = NonNullable<PGliteOptions["pgliteWasmModule"]>;

// Node has it; the types of Node do not
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Code> };

let compiled: Promise<Code> | undefined;

/**
 * The code of the embedded database, compiled once. The compiler has threads of its own: a start that calls this before
 * it loads everything else does both at the same time.
 */
export function compilePglite(): Promise<Code> {
    compiled ??= WebAssembly.compile(readFileSync(require.resolve("@electric-sql/pglite/pglite.wasm")));
    return compiled;
}
