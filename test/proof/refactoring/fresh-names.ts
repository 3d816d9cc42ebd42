import { owner } from "../../support/platform";

/** Names that no other sequence has, and no earlier edit of this one. */
export class FreshNames {
    #count = 0;

    constructor(
        /** A label that belongs to the sequence. */
        readonly label: string,
    ) {}

    /** The name of a resource, a component or a client's key. */
    name(about: string): string {
        this.#count += 1;
        return `${about}-${this.#count}`;
    }

    title(): string {
        return `${this.name("Client")} of ${this.label}`;
    }

    hostname(about: string): string {
        return `${this.name(about)}.${this.label}.example`;
    }

    email(): string {
        return `${this.name("p")}@${this.label}.example`;
    }

    note(): string {
        return `${this.name("note")}\n`;
    }

    /** The person whose token makes everything. */
    get owner(): string {
        return owner.email.replace("@", `-${this.label}@`);
    }
}
