import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { currentRun, processRun } from "./program";

interface HostnameFile {
    file: string;
    hostnames: Set<string>;
    /** True while hostnames wait for being written. */
    isWaiting: boolean;
}

/** Folders of all programs of this process: they go when it ends. */
const folders = new Slot(() => {
    const all = new Set<string>();
    process.once("exit", () => {
        for (const folder of all) rmSync(folder, { recursive: true, force: true });
    });
    return all;
});

const opened = new Slot<{ current?: HostnameFile }>(() => ({}));

/** Makes the file in a folder that only this user can read. */
function open(): HostnameFile {
    const folder = mkdtempSync(path.join(tmpdir(), "pulumi-section-"));
    processRun().memory.of(folders).add(folder);
    return { file: path.join(folder, "hostnames.json"), hostnames: new Set(), isWaiting: false };
}

/**
 * A file with all hostnames that the program has declared so far: an environment that loses one, and a site that is
 * replaced, have to know whether it goes to another resource. The engine tells a provider about one resource at a time,
 * and the list in each declaration would make them quadratic. Undefined without an engine.
 */
export function hostnameFile(): string | undefined {
    if (pulumi.runtime.getStackResource() === undefined) return undefined;
    const slot = currentRun().memory.of(opened);
    slot.current ??= open();
    return slot.current.file;
}

/**
 * Adds a hostname. The file is written once the running code of the program has ended: most programs declare in one go.
 */
export function noteHostname(hostname: string): void {
    if (hostnameFile() === undefined) return;
    const known = currentRun().memory.of(opened).current as HostnameFile;
    known.hostnames.add(hostname);
    if (known.isWaiting) return;
    known.isWaiting = true;
    setImmediate(() => {
        known.isWaiting = false;
        writeFileSync(known.file, JSON.stringify([...known.hostnames]));
    });
}
