import { type Memory, Slot } from "./memory";
import { listSecretFiles } from "./secret-files";
import type { Session } from "./session";

/** Warning -> the things that it was told of. */
const warnings = new Slot(() => new Map<string, Set<string>>());

/** A line of the platform without a word of a secret file. */
export function withoutSecret(memory: Memory, line: string): string {
    for (const path of listSecretFiles(memory))
        if (line.includes(path)) {
            const beginning = line.startsWith("warning: ") ? "warning: " : "";
            return `${beginning}${path}: the platform finds something odd; its content is a secret, so it is not shown`;
        }
    return line;
}

/**
 * Shows a person a warning of the platform. A warning that many things have is shown with the first of them; the end of
 * the run names the others.
 */
export function relayWarning({ memory, tell }: Pick<Session, "memory" | "tell">, thing: string, line: string): void {
    const all = memory.of(warnings);
    const shown = withoutSecret(memory, line);
    const things = all.get(shown) ?? new Set();
    if (things.size === 0) tell(`${thing}: ${shown}`);
    all.set(shown, things.add(thing));
}

const namedThings = 5;

/** Lines for warnings that more than one thing has. */
export function sayMoreWarnings(memory: Memory): string[] {
    return [...memory.of(warnings)].flatMap(([line, [, ...others]]) => {
        if (others.length === 0) return [];
        const more = others.length - namedThings;
        const named = others.slice(0, namedThings).join(", ") + (more > 0 ? ` and ${more} more` : "");
        return [`${named}: the same ${line}`];
    });
}
