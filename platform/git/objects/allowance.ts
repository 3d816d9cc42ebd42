/** Bytes that one piece of work may keep in memory, of all that it reads. */
export class Allowance {
    constructor(private left: number) {}

    /** Takes some of them. False when there are not as many any more: what would take them is not kept. */
    take(bytes: number): boolean {
        if (bytes > this.left) return false;
        this.left -= bytes;
        return true;
    }
}
