import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { engineFolder } from "../support/stack";

interface Row {
    message: string;
    isOurs: boolean;
}

/** Messages of npm, of git's client and of Node, which no file here has. */
const elsewhere = /^npm error|^remote: |^Cannot find module/;

/** The parts of a message that never differ. */
function fixedParts(message: string): string[] {
    return message
        .split("…")
        .map((part) => part.replaceAll(/^[\s'";:,(]+|[\s'";:,).]+$/g, ""))
        .filter((part) => part.length >= 8);
}

async function readRows(): Promise<Row[]> {
    const page = await readFile("docs/troubleshooting.md", "utf8");
    return [...page.matchAll(/^\| `([^`]+)`[^|]*\| ([^|]+) \|/gm)].map(([, message = "", why = ""]) => ({
        message,
        isOurs: why.startsWith("Ours: "),
    }));
}

async function readSources(): Promise<string> {
    const folders = ["model", "client", "provider", "cli", "platform"];
    const files = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true })));
    const sources = files.flatMap((names, index) => names.map((name) => path.join(folders[index] ?? "", name)));
    const texts = sources.filter((file) => file.endsWith(".ts") && !file.includes("/dist/"));
    return (await Promise.all(texts.map((file) => readFile(file, "utf8")))).join("\n");
}

/** The engine, and what the SDK runs programs and providers with. */
async function readEngine(): Promise<Buffer> {
    const files = [
        path.join(await engineFolder(), "pulumi"),
        require.resolve("@pulumi/pulumi/cmd/run/run"),
        createRequire(require.resolve("@pulumi/pulumi/package.json")).resolve("require-from-string"),
    ];
    return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}

describe("docs/troubleshooting.md", () => {
    it("has only messages that somebody can meet: each is in our code, or in the engine", async () => {
        const rows = await readRows();
        const [sources, engine] = [await readSources(), await readEngine()];
        const searched = rows.filter(({ message }) => !elsewhere.test(message));
        assert.ok(searched.length >= 20, `${searched.length} messages`);
        const missing = searched.flatMap(({ message, isOurs }) => {
            const parts = fixedParts(message);
            if (parts.length === 0) return [`${message}: nothing in it to look for`];
            const has = (part: string) => (isOurs ? sources.includes(part) : engine.includes(part));
            return parts.filter((part) => !has(part)).map((part) => `${message}: nobody says "${part}"`);
        });
        assert.deepEqual(missing, []);
        console.log(`      ${searched.length} of ${rows.length} messages found`);
    });
});
