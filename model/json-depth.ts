/** No configuration nests deeper than this. Writing deeper nesting as text would end in a stack overflow. */
export const deepestJson = 200;

/** True when parsed JSON nests deeper than `levels`. Walks without recursion, so that no input overflows the stack. */
export function isDeeperThan(document: unknown, levels = deepestJson): boolean {
    let row = [document];
    for (let level = 0; row.length > 0; level += 1) {
        if (level > levels) return true;
        row = row.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
    }
    return false;
}
