import { flushPacket, formatPacket, formatSideBand } from "../pkt-line";
import type { PushCommand } from "./push-policy";

/** Words of git's own hooks, which a client shows behind `[remote rejected]`. */
export const declined = "pre-receive hook declined";

const longestLine = 900;
/** Nobody reads more. */
const mostLines = 1_000;

/** A line for a person: text from a client must not steer the terminal it is shown on. */
export function formatReportLine(line: string): string {
    return line.replaceAll(/[\0-\x1f\x7f-\x9f]+/g, " ").slice(0, longestLine);
}

/** Collects the answer to a push: lines for a person, and the references that were refused. */
export class PushReport {
    unpack = "ok";
    readonly #lines: string[] = [];
    #said = 0;
    readonly #refused = new Map<string, string>();

    say(line: string): void {
        this.#said += 1;
        if (this.#said <= mostLines) this.#lines.push(formatReportLine(line));
    }

    /** Refuses a reference. `reason` is a word that git knows, `line` is for a person. */
    refuse(ref: string, line: string | undefined, reason = declined): void {
        if (line !== undefined) this.say(line);
        if (!this.#refused.has(ref)) this.#refused.set(ref, reason);
    }

    get isRefused(): boolean {
        return this.#refused.size > 0;
    }

    /** As with a hook before the push: one refusal refuses all of it. */
    refuseAll(commands: readonly PushCommand[], reason = declined): void {
        for (const { ref } of commands) this.refuse(ref, undefined, reason);
    }

    format(commands: readonly PushCommand[], capabilities: ReadonlySet<string>): Buffer {
        const verdict = ({ ref }: PushCommand) =>
            this.#refused.has(ref) ? `ng ${ref} ${this.#refused.get(ref)}\n` : `ok ${ref}\n`;
        const status = capabilities.has("report-status")
            ? Buffer.concat([
                  formatPacket(`unpack ${this.unpack}\n`),
                  ...commands.map((command) => formatPacket(verdict(command))),
                  flushPacket,
              ])
            : Buffer.alloc(0);
        if (!capabilities.has("side-band-64k")) return status;
        const left = this.#said - this.#lines.length;
        const lines = left > 0 ? [...this.#lines, `and ${left} more lines`] : this.#lines;
        const spoken = lines.map((line) => formatSideBand(2, Buffer.from(`${line}\n`, "utf8")));
        return Buffer.concat([...spoken, formatSideBand(1, status), flushPacket]);
    }
}
