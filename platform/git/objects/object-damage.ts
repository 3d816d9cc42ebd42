import { Damage, damageProblem } from "../../damage";

/** The damage of an object, as its reader found it; `namingDamage` adds which object it is. */
export class ObjectDamage extends Damage {
    override readonly name = "ObjectDamage";
}

/** Reads an object, and says which one is damaged, and in which file, when it is. */
export async function namingDamage<T>(oid: string, file: string, reading: Promise<T>): Promise<T> {
    return reading.catch((cause) => {
        if (!(cause instanceof ObjectDamage)) throw cause;
        throw damageProblem(`object ${oid} in ${file} is damaged: ${cause.message}`, cause);
    });
}
