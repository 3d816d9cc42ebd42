/** True for the failure of a call on a file that is not there. */
export function isMissing(error: unknown): boolean {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** The result of a call on a file; undefined when the file is not there. */
export async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
    return reading.catch((error) => {
        if (isMissing(error)) return undefined;
        throw error;
    });
}
