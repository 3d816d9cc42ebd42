interface Failure {
    type: string;
    message: string;
    code?: string;
    stack?: string;
    cause?: Failure;
}

const deepest = 4;

/**
 * The part of a failure that a log may show: these properties and no others. Databases put the values of a failed
 * statement into their errors, and those can be secrets.
 */
export function describeFailure(error: unknown, depth = 0): Failure {
    if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
    const { code } = error as NodeJS.ErrnoException;
    return {
        type: error.name,
        message: error.message,
        ...(code !== undefined && { code: String(code) }),
        stack: error.stack,
        ...(error.cause !== undefined && depth < deepest && { cause: describeFailure(error.cause, depth + 1) }),
    };
}
