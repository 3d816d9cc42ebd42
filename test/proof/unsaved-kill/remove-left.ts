import { pulumiSection, pulumiSectionOnTerminal } from "../../support/provider-command";
import type { PulumiOptions } from "../../support/pulumi";

/** Removing the things of a hundred sites takes a while. */
const timeoutMs = 300_000;

/**
 * Removes what a killed `up` has left, as its successor says. A state without any resource may be the wrong one, so
 * that a person has to answer then.
 *
 * @returns what was said, if it failed
 */
export async function removeLeft({ cwd, environment }: PulumiOptions): Promise<string | undefined> {
    const words = ["drift", "--left", "remove"];
    const { code, stdout, stderr } = await pulumiSection([...words, "--yes"], { cwd, environment });
    if (code === 0) return undefined;
    if (!/the state has no resource at all/.test(stderr)) return stdout + stderr;
    const terminal = pulumiSectionOnTerminal(words, { cwd, environment, timeoutMs });
    try {
        await terminal.until(/Delete \d+ things?, while no up of this stack runs\? \[y\/N\] /);
        terminal.type("y\r");
        return (await terminal.ended) === 0 ? undefined : terminal.shown;
    } finally {
        terminal.close();
    }
}
