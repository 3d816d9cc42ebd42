import { isProblem, Problem } from "section-model";

interface MachineFault {
    /** Of failed calls, as Node names them. */
    codes: readonly string[];
    /** The same in the words of git and other programs. */
    words: RegExp;
    detail: string;
    retryAfterSeconds: number;
}

const faults: readonly MachineFault[] = [
    {
        codes: ["ENOSPC", "EDQUOT"],
        words: /No space left on device|Disk quota exceeded/,
        detail: "there is no space on the disk",
        retryAfterSeconds: 60,
    },
    {
        codes: ["EMFILE", "ENFILE"],
        words: /Too many open files|\bE[MN]FILE\b/,
        detail: "too many files are open",
        retryAfterSeconds: 5,
    },
    {
        codes: ["EROFS", "EACCES", "EPERM"],
        words: /Read-only file system|Permission denied|Operation not permitted/,
        detail: "the platform's disk cannot be written to",
        retryAfterSeconds: 60,
    },
    {
        codes: ["EIO"],
        words: /Input\/output error/,
        detail: "the platform's disk fails",
        retryAfterSeconds: 60,
    },
    {
        codes: ["ENOMEM", "EAGAIN"],
        words: /Cannot allocate memory|Out of memory|Resource temporarily unavailable|\bE(NOMEM|AGAIN)\b/i,
        detail: "the machine has no memory or process to spare",
        retryAfterSeconds: 5,
    },
];

const asProblem = ({ detail, retryAfterSeconds }: MachineFault, cause?: unknown) =>
    new Problem("overloaded", detail, { retryAfterSeconds, cause });

/** The problem of a call that the machine could not carry out; undefined for every other failure. */
export function machineFailure(error: unknown): Problem | undefined {
    if (isProblem(error)) return undefined;
    const { code } = (error ?? {}) as NodeJS.ErrnoException;
    const fault = faults.find(({ codes }) => codes.includes(code ?? ""));
    return fault && asProblem(fault, error);
}

/** The same of a program that ended, by its last words. */
export function machineFailureIn(words: string): Problem | undefined {
    const fault = faults.find((each) => each.words.test(words));
    return fault && asProblem(fault, new Error(words.trim().slice(0, 1_000)));
}
