import { isProblem, Problem } from "section-model";

/** What is wrong with an object that was read, said by whoever reads it; `namingDamage` adds which one it is. */
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
