import { readFile } from "node:fs/promises";
import path from "node:path";
import { tellsDamage } from "../../damage";
import { unlessMissing } from "../objects/missing-file";
import type { Git } from "../process/git";
import { listAllReferences } from "../references/references";

const walkTimeoutMs = 1_800_000;
const headLine = /^(ref: refs\/heads\/.+|[0-9a-f]{40})\n$/;

async function inspectHead(gitDir: string): Promise<string[]> {
    const file = path.join(gitDir, "HEAD");
    const text = await unlessMissing(readFile(file, "utf8"));
    if (text === undefined || headLine.test(text)) return [];
    return [`${file} is damaged: write "ref: refs/heads/Production" and the end of a line there`];
}

/** Objects that references lead to and that are in no file. Git reads the rest on the way. */
async function listMissing(git: Git, gitDir: string, tips: readonly string[]): Promise<string[]> {
    if (tips.length === 0) return [];
    const { exitCode, stdout, stderr } = await git.run({
        gitDir,
        verb: "rev-list",
        flags: ["--objects", "--quiet", "--missing=print", "--stdin"],
        stdin: `${tips.join("\n")}\n`,
        answers: [0, 1, 128],
        timeoutMs: walkTimeoutMs,
    });
    const missing = stdout.toString("utf8").match(/^\?[0-9a-f]{40}$/gm) ?? [];
    if (missing.length > 0) return missing.map((line) => `object ${line.slice(1)} is missing in ${gitDir}`);
    const words = stderr.trim().split("\n").at(-1) ?? "";
    return exitCode === 0 ? [] : [`the history in ${gitDir} cannot be walked: git says ${words}`];
}

/** What is wrong with the references of a repository, and which objects they lead to are gone. */
export async function inspectReferences(git: Git, gitDir: string): Promise<{ damaged: string[]; missing: string[] }> {
    const damaged = await inspectHead(gitDir);
    try {
        const references = await listAllReferences(gitDir, ({ detail }) => damaged.push(detail));
        // git reads nothing where HEAD is damaged
        const missing = damaged.length > 0 ? [] : await listMissing(git, gitDir, [...new Set(references.values())]);
        return { damaged, missing };
    } catch (error) {
        if (!tellsDamage(error)) throw error;
        return { damaged: [...damaged, error.detail], missing: [] };
    }
}
