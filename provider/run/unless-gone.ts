import { isProblem } from "section-model";

/** True when the requested object or its parent does not exist, or its organization was deleted. */
export function isGone(error: unknown): boolean {
    return isProblem(error) && (error.code === "not-found" || error.code === "account-deleted");
}

/** The result of a request, or undefined where the role does not allow it. Throws other failures. */
export async function unlessForbidden<T>(request: Promise<T>): Promise<T | undefined> {
    return request.catch((error) => {
        if (isProblem(error) && error.code === "forbidden") return undefined;
        throw error;
    });
}

/** The result of a request, or undefined when its object does not exist. Throws other failures. */
export async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
    return request.catch((error) => {
        if (isGone(error)) return undefined;
        throw error;
    });
}
