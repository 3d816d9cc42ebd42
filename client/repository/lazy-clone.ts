import type { AllBranches } from "./branches";
import type { BranchAddress } from "./checkout";
import { withClonedBranches } from "./cloned-branches";

/** A clone of all branches that is made when somebody first needs it. */
export class LazyClone {
    #branches: Promise<AllBranches> | undefined;
    #ended: Promise<void> | undefined;
    #close = () => {};

    constructor(private readonly address: BranchAddress) {}

    open(): Promise<AllBranches> {
        this.#branches ??= new Promise((resolve, reject) => {
            const closed = new Promise<void>((end) => {
                this.#close = end;
            });
            this.#ended = withClonedBranches(this.address, (branches) => {
                resolve(branches);
                return closed;
            }).catch(reject);
        });
        return this.#branches;
    }

    /** Removes it, if it was made. */
    async close(): Promise<void> {
        this.#close();
        await this.#ended;
    }
}
