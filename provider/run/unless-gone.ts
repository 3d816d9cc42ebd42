import { isProblem } from "section-model";

/** True when what was asked for, or what it belongs to, is not there. */
export function isGone(error: unknown): boolean {
    return isProblem(error) && error.code === "not-found";
}

/** What comes of a request, or undefined where the role does not allow it. Other failures stay failures. */
export async function unlessForbidden<T>(request: Promise<T>): Promise<T | undefined> {
    return request.catch((error) => {
        if (isProblem(error) && error.code === "forbidden") return undefined;
        throw error;
    });
}

/** What comes of a request, or undefined when it meets nothing there. Other failures stay failures. */
export async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
    return request.catch((error) => {
        if (isGone(error)) return undefined;
        throw error;
    });
}
