import { isProblem, Problem } from "section-model";

/** The damage of an object, as its reader found it; `namingDamage` adds which object it is. */
export class ObjectDamage extends Error {
    override readonly name = "ObjectDamage";
}

/** Reads an object, and says which one is damaged, and in which file, when it is. */
export async function namingDamage<T>(oid: string, file: string, reading: Promise<T>): Promise<T> {
    return reading.catch((cause) => {
        if (!(cause instanceof ObjectDamage)) throw cause;
        throw new Problem("internal", `object ${oid} in ${file} is damaged: ${cause.message}`, {
            remedy: "Run section-platform check, and bring the repository back from a backup or by a push",
            cause,
        });
    });
}

/** True for the failure of a read that found a damaged object. */
export function tellsDamage(error: unknown): error is Problem {
    return isProblem(error) && error.cause instanceof ObjectDamage;
}
