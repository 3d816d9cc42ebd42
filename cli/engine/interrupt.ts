import { endProgress } from "../terminal/progress";
import { enginesEnd } from "./engine";

/**
 * Lets Ctrl-C end the command as usual (130 in a shell), with a clean line. A running engine gets the signal too: the
 * command waits for it, because it holds a lock. A second Ctrl-C ends at once.
 */
export function endOnInterrupt(): void {
    process.once("SIGINT", endCleanly);
}

function endCleanly(): void {
    endProgress();
    void enginesEnd().then(() => process.kill(process.pid, "SIGINT")); // nobody listens any more, so it ends this process
}

/**
 * For a command that has to clean up first: calls `listener` for each Ctrl-C and SIGTERM, which do not end the command.
 * Returns a function that restores the default.
 */
export function takeInterrupts(listener: (signal: NodeJS.Signals) => void): () => void {
    process.off("SIGINT", endCleanly);
    process.on("SIGINT", listener).on("SIGTERM", listener);
    return () => {
        process.off("SIGINT", listener).off("SIGTERM", listener);
        endOnInterrupt();
    };
}

/** Lets the command end quietly when nobody reads on, as in `pulumi-section estate | head`. */
export function endWithReader(): void {
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") throw error;
        process.exit();
    });
}
