import * as pulumi from "@pulumi/pulumi";
import { normaliseHostname } from "section-model";
import { Slot } from "../run/memory";
import { currentRun } from "./program";

interface Declaration {
    /** The class, such as `Domain`. */
    type: string;
    name: string;
}

const declarationsByHostname = new Slot(() => new Map<string, Declaration[]>());

/**
 * Refuses a hostname that the program declares twice: two resources would take it from each other. A preview goes on,
 * so that it lists all of them; an update stops at the first. A Domain may name an application's own hostname, to wait
 * for it or to give it a certificate. The platform judges hostnames that are not known while the program runs. Call it
 * before the engine hears of the resource.
 */
export function declareHostname(type: string, name: string, hostname: unknown): void {
    if (typeof hostname !== "string") return;
    const declarations = currentRun().memory.of(declarationsByHostname);
    const key = normaliseHostname(hostname);
    const all = [...(declarations.get(key) ?? []), { type, name }];
    declarations.set(key, all);
    const types = all.map((each) => each.type).sort();
    if (all.length === 1 || types.join() === "Application,Domain") return;
    const places = all.map((each) => `hostname of ${each.type} "${each.name}"`).join(" and as ");
    const message = `${key} is declared twice, as ${places}: a hostname belongs to one environment. Remove one of them.`;
    if (pulumi.runtime.getStackResource() === undefined || !pulumi.runtime.isDryRun())
        throw new pulumi.RunError(message);
    void pulumi.log.error(message);
}
