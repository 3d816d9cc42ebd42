import type { NewClaim } from "section-model";
import { type Memory, Slot } from "../run/memory";

/** Where this operation declares a hostname. */
export interface DeclaredHome {
    /** The id of the environment. */
    environment: string;
    /** The claim of its Domain, as the state remembers it. */
    claim?: NewClaim;
}

const homes = new Slot(() => new Map<string, DeclaredHome>());

/** Remembers the environment that has to have a hostname when the operation ends. */
export function noteHome(memory: Memory, hostname: string, home: DeclaredHome): void {
    memory.of(homes).set(hostname, home);
}

/** Undefined when no declaration of this operation has the hostname. */
export function findHome(memory: Memory, hostname: string): DeclaredHome | undefined {
    return memory.of(homes).get(hostname);
}

/** False in an operation that declares no hostname, such as a destroy. */
export function hasHomes(memory: Memory): boolean {
    return memory.of(homes).size > 0;
}
