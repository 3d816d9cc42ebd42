import { endProgress } from "../terminal/progress";
import { enginesEnd } from "./engine";

/**
 * Lets Ctrl-C end the command as it ends others (130 in a shell), with a clean line. An engine that runs has got the
 * signal too: it is waited for, as it has a lock to give up. A second Ctrl-C waits for nothing.
 */
export function endOnInterrupt(): void {
    process.once("SIGINT", endCleanly);
}

function endCleanly(): void {
    endProgress();
    void enginesEnd().then(() => process.kill(process.pid, "SIGINT")); // nobody listens any more, so it ends this process
}

/**
 * For a command that has something to put in order first: `listener` is told of Ctrl-C and of SIGTERM, each time, and
 * nothing else ends the command. Returns a function that restores the default.
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
