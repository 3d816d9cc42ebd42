import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { currentRun, processRun } from "./program";

/** A list of more hostnames goes through a file: in each declaration it would make them quadratic. */
const longestList = 100;
const folderPrefix = "pulumi-section-hostnames-";
const dayMs = 86_400_000;

interface Declared {
    /** Type of resource -> hostnames. The engine comes to all resources of one type before those that need them. */
    hostnames: Map<string, Set<string>>;
    /** The list of the running go, which all resources of that go share. */
    coming?: Promise<string>;
    file?: string;
    /** How many hostnames the file has. */
    written: number;
}

const declared = new Slot((): Declared => ({ hostnames: new Map(), written: 0 }));

/** Folders of all programs of this process: they go when it ends. */
const folders = new Slot(() => {
    const all = new Set<string>();
    process.once("exit", () => {
        for (const folder of all) rmSync(folder, { recursive: true, force: true });
    });
    return all;
});

/** Removes what programs have left that were killed. */
function removeOldFolders(): void {
    for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(folderPrefix))) {
        const folder = path.join(tmpdir(), name);
        const { mtimeMs = Date.now() } = statSync(folder, { throwIfNoEntry: false }) ?? {};
        if (Date.now() - mtimeMs > dayMs) rmSync(folder, { recursive: true, force: true });
    }
}

/** Makes the file in a folder that only this user can read. */
function openFile(): string {
    removeOldFolders();
    const folder = mkdtempSync(path.join(tmpdir(), folderPrefix));
    processRun().memory.of(folders).add(folder);
    return path.join(folder, "hostnames.json");
}

/** Notes a hostname that a resource of the program declares. */
export function noteHostname(hostname: string, type: string): void {
    const { hostnames } = currentRun().memory.of(declared);
    const ofType = hostnames.get(type) ?? new Set();
    hostnames.set(type, ofType.add(hostname));
}

function listOrFile(all: Declared): string {
    const hostnames = [...new Set([...all.hostnames.values()].flatMap((each) => [...each]))];
    if (hostnames.length <= longestList) return hostnames.join(" "); // as a list, each would cost a promise
    all.file ??= openFile();
    if (all.written < hostnames.length) writeFileSync(all.file, JSON.stringify(hostnames));
    all.written = hostnames.length;
    return all.file;
}

/**
 * All hostnames that the program declares, with blanks between them, or the path of the file that lists them: an
 * environment that loses one, and a site that is replaced, have to know whether it goes to another resource. The engine
 * tells a provider about one resource at a time. They are known once the running code of the program has ended: most
 * programs declare in one go. Undefined without an engine.
 */
export function describeHostnames(): Promise<string> | undefined {
    if (pulumi.runtime.getStackResource() === undefined) return undefined;
    const all = currentRun().memory.of(declared);
    all.coming ??= new Promise((resolve) =>
        setImmediate(() => {
            all.coming = undefined;
            resolve(listOrFile(all));
        }),
    );
    return all.coming;
}
