import type { Amendment } from "./client";

/** Puts a written record into the shared reading of its list, in place of the one that it was before. */
export function amendList<R, K extends keyof R>(path: string, key: K, record: R): Amendment {
    const change = (list: readonly R[]) => {
        const isKnown = list.some((each) => each[key] === record[key]);
        return isKnown ? list.map((each) => (each[key] === record[key] ? record : each)) : [...list, record];
    };
    return { path, change };
}
