import { type Memory, Slot } from "../run/memory";

/** `empty` when nothing but what always comes with it is in it, `filled` when a first site was made with it. */
export type Making = "empty" | "filled";

const made = new Slot(() => new Map<string, Making>());

/** Remembers an organization or application that this operation has created: all in it is this operation's too. */
export function noteMade(memory: Memory, id: string, making: Making = "empty"): void {
    memory.of(made).set(id, making);
}

/** Whether a thing is in one that this operation has created, so that nobody else can have made it. */
export function findMaking(memory: Memory, id: string): Making | undefined {
    const parts = id.split("/");
    const larger = parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join("/"));
    return larger.map((each) => memory.of(made).get(each)).find((making) => making !== undefined);
}
