import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { findSecrets } from "../run/secret-text";
import { currentRun } from "./program";

const warned = new Slot(() => new Set<string>());
/** Path -> texts that were searched: many sites share them. */
const searched = new Slot(() => new Map<string, Set<string>>());

function isSearched(path: string, content: string): boolean {
    const all = currentRun().memory.of(searched);
    const texts = all.get(path) ?? new Set();
    all.set(path, texts);
    const isKnown = texts.has(content);
    texts.add(content);
    return isKnown;
}

function warn(resource: pulumi.Resource, path: string, content: unknown): void {
    if (typeof content !== "string" || isSearched(path, content)) return;
    const lines = currentRun().memory.of(warned);
    for (const { line, kind } of findSecrets(content)) {
        const place = `${path}:${line}`;
        if (lines.has(`${place} ${kind}`)) continue;
        lines.add(`${place} ${kind}`);
        const warning = `${place} looks like ${kind}: whoever can read the repository can read it. Keep it out of the configuration, or write gitleaks:allow on that line.`;
        pulumi.log.warn(warning, resource);
    }
}

/**
 * Warns in previews of lines that look like a secret: once per line and program, even if many sites share the file.
 * Files that the program itself marks as secret are not searched.
 */
export function warnOfSecrets(resource: pulumi.Resource, config: unknown): void {
    if (!pulumi.runtime.isDryRun() || typeof config !== "object" || config === null) return;
    if (pulumi.Output.isInstance(config)) {
        unlessSecret(config, (files) => warnOfSecrets(resource, files));
        return;
    }
    for (const [path, content] of Object.entries(config)) {
        if (pulumi.Output.isInstance(content)) unlessSecret(content, (text) => warn(resource, path, text));
        else warn(resource, path, content);
    }
}

function unlessSecret<T>(output: pulumi.Output<T>, look: (value: T) => void): void {
    pulumi.all([output, pulumi.isSecret(output)]).apply(([value, isSecret]) => {
        if (!isSecret) look(value as T);
    });
}
