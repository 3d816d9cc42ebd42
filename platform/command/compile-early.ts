import { compilePglite } from "../store/pglite-code";

/**
 * Begins to compile the embedded database's code when this process is going to serve with one. This comes before
 * everything else is loaded, which takes as long.
 */
export function compileEarly(
    argv: readonly string[],
    environment: NodeJS.ProcessEnv,
    compile: () => Promise<unknown> = compilePglite,
): void {
    const isElsewhere = environment.DATABASE_URL !== undefined || argv.some((arg) => arg.startsWith("--database-url"));
    const [, , command, ...flags] = argv;
    if (command === "serve" && !isElsewhere && !flags.includes("--help")) void compile();
}
