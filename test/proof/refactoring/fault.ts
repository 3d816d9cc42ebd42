import type { Choices } from "../../support/choices";
import { type Fate, type FaultProxy, isMutating } from "../../support/fault-proxy";

/**
 * A fault in the middle of an operation: a reply is lost, every change from a moment on is refused, or the engine and
 * its providers are killed.
 */
export type FaultKind = "none" | "lost reply" | "failure" | "kill";

export interface Fault {
    kind: FaultKind;
    /** The request at which it happens, counted from 1 among those that change something. */
    nth: number;
}

export function chooseFault(choices: Choices, kinds: readonly FaultKind[]): Fault {
    return { kind: choices.pick(...kinds), nth: 1 + choices.below(4) };
}

export interface ArrangedFault {
    hasHappened(): boolean;
    /** The operation has ended: nothing may kill the next one in its place. */
    end(): void;
}

/** Lets a proxy do it once. */
export function arrangeFault(proxy: FaultProxy, { kind, nth }: Fault, kill: () => void): ArrangedFault {
    let count = 0;
    let hasHappened = false;
    let killing: NodeJS.Timeout | undefined;
    proxy.decide((request): Fate => {
        if (!isMutating(request)) return "pass";
        count += 1;
        if (kind === "none" || count < nth) return "pass";
        hasHappened = true;
        if (kind === "failure") return "refuse";
        if (count > nth) return kind === "kill" ? "hold" : "pass";
        // before the platform has done it, or after
        if (kind === "kill") killing = setTimeout(kill, nth % 2 === 0 ? 0 : 25);
        return "lose-reply";
    });
    return { hasHappened: () => hasHappened, end: () => clearTimeout(killing) };
}
