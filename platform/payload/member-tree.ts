import { Problem } from "section-model";

export type MemberKind = "file" | "folder" | "link";

interface Node {
    kind: MemberKind;
    below: Map<string, Node>;
}

const longestPath = 4096;
const shown = (name: string) => JSON.stringify(name.slice(0, 200));

function refuse(reason: string): Problem {
    return new Problem("invalid-input", `the archive ${reason}`, {
        remedy: "Pack the application's folder anew, then upload it",
    });
}

/** A path inside the archive, taken apart; a slash at its beginning is the archive's own root. */
function partsOf(name: string): string[] {
    if (name.length > longestPath) throw refuse(`has a path of more than ${longestPath} characters`);
    const parts = name.split("/").filter((part) => part !== "" && part !== ".");
    if (parts.includes("..")) throw refuse(`has a path with .. in it: ${shown(name)}`);
    return parts;
}

/**
 * The tree of an unpacked archive, with the facts that show that nothing gets outside: no path leads
 * through a link, and a link climbs no higher than it is deep before it goes down.
 */
export class MemberTree {
    readonly #root: Node = { kind: "folder", below: new Map() };
    #count = 0;

    constructor(private readonly most: number) {}

    get isEmpty(): boolean {
        return this.#count === 0;
    }

    add(name: string, kind: MemberKind): void {
        const parts = partsOf(name);
        const last = parts.pop();
        if (last === undefined) {
            if (kind !== "folder") throw refuse(`has a ${kind} without a name`);
            return; // the tree itself
        }
        let at = this.#root;
        for (const part of parts) at = this.#enter(at, part, name);
        const standing = at.below.get(last);
        if (kind !== "folder" && standing !== undefined && standing.below.size > 0)
            throw refuse(`has ${shown(name)} twice, once as a folder`);
        if (standing === undefined) this.#put(at, last, kind);
        else standing.kind = kind;
    }

    addLink(name: string, target: string): void {
        const depth = partsOf(name).length - 1;
        if (target.length > longestPath)
            throw refuse(`has a link ${shown(name)} to a path of more than ${longestPath} characters`);
        const parts = target.split("/").filter((part) => part !== "" && part !== ".");
        const climbs = parts.findIndex((part) => part !== "..");
        const up = climbs === -1 ? parts.length : climbs;
        if (target === "" || target.startsWith("/") || up > depth || parts.slice(up).includes(".."))
            throw refuse(`has a link ${shown(name)} to ${shown(target)}, which leads out of it`);
        this.add(name, "link");
    }

    /** A second name of a file that came before. */
    addHardLink(name: string, target: string): void {
        let at: Node | undefined = this.#root;
        for (const part of partsOf(target)) at = at?.kind === "folder" ? at.below.get(part) : undefined;
        if (at?.kind !== "file") throw refuse(`has a link ${shown(name)} to ${shown(target)}, which is no file in it`);
        this.add(name, "file");
    }

    #enter(at: Node, part: string, name: string): Node {
        const next = at.below.get(part) ?? this.#put(at, part, "folder");
        if (next.kind !== "folder") throw refuse(`has ${shown(name)}, whose path leads through a ${next.kind}`);
        return next;
    }

    #put(at: Node, part: string, kind: MemberKind): Node {
        this.#count += 1;
        if (this.#count > this.most) throw refuse(`has more than ${this.most} files and folders`);
        const node: Node = { kind, below: new Map() };
        at.below.set(part, node);
        return node;
    }
}
