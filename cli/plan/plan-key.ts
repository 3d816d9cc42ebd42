import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Problem } from "section-model";
import { runEngine } from "../engine/engine";
import { engineRefusal } from "../engine/engine-refusal";
import { withWorkFolder } from "../engine/work-folder";
import { type EncryptedKey, planRemedy } from "./plan";

/** A stack by its name, in the folder of its program. */
export interface NamedStack {
    stack: string;
    cwd?: string;
}

const entry = "section:planKey";
const keyBytes = 32;

/** Reads how the stack encrypts: the lines at the head of its config file. */
async function readHeader({ stack, cwd = "." }: NamedStack): Promise<string[]> {
    const name = stack.split("/").pop();
    const text = await readFile(path.join(cwd, `Pulumi.${name}.yaml`), "utf8").catch(() => "");
    return text.split("\n").filter((line) => /^(encryptionsalt|secretsprovider|encryptedkey): /.test(line));
}

/** Lets the engine work with a temporary config file. */
function withConfigFile<T>(lines: readonly string[], work: (file: string) => Promise<T>): Promise<T> {
    return withWorkFolder(async (folder) => {
        const file = path.join(folder, "Pulumi.plan.yaml");
        await writeFile(file, lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
        return work(file);
    });
}

async function askConfig(
    { stack, cwd }: NamedStack,
    file: string,
    args: readonly string[],
    stdin?: string,
): Promise<string> {
    const command = ["config", ...args, "--stack", stack, "--config-file", file];
    const answer = await runEngine(command, { cwd, stdin });
    if (answer.code === 0) return answer.stdout;
    throw engineRefusal(
        `the secrets provider of stack ${stack} cannot encrypt or decrypt the plan`,
        answer,
        "Use the stack that the plan was made for, with the passphrase or key that it had then",
    );
}

/** A new key, in clear and encrypted. To decrypt it, one has to be able to read the stack's secrets. */
export async function makePlanKey(named: NamedStack): Promise<{ key: Buffer; encrypted: EncryptedKey }> {
    const key = randomBytes(keyBytes);
    const text = await withConfigFile(await readHeader(named), async (file) => {
        await askConfig(named, file, ["set", "--secret", entry], key.toString("hex"));
        return readFile(file, "utf8");
    });
    const secure = /^ +secure: (\S+)$/m.exec(text)?.[1];
    const salt = /^encryptionsalt: (\S+)$/m.exec(text)?.[1];
    if (secure === undefined)
        throw new Problem(
            "unsupported",
            `the secrets provider of stack ${named.stack} does not keep encrypted values in the config file`,
            { remedy: "Give the stack another one with pulumi stack change-secrets-provider, such as passphrase" },
        );
    return { key, encrypted: { ...(salt !== undefined && { salt }), secure } };
}

/**
 * Has the engine decrypt. The stack's own way of encrypting comes first, so that a plan cannot bring another one along.
 */
async function decrypt(named: NamedStack, secures: readonly string[], salt?: string): Promise<string[]> {
    const own = await readHeader(named);
    const header = own.length > 0 || salt === undefined ? own : [`encryptionsalt: ${salt}`];
    const entries = secures.flatMap((secure, index) => [`  section:planned${index}:`, `    secure: ${secure}`]);
    const answer = await withConfigFile([...header, "config:", ...entries], (file) =>
        askConfig(named, file, ["--json", "--show-secrets"]),
    );
    const values = JSON.parse(answer) as Record<string, { value?: string }>;
    return secures.map((_, index) => values[`section:planned${index}`]?.value ?? "");
}

export async function openPlanKey(named: NamedStack, { salt, secure }: EncryptedKey): Promise<Buffer> {
    const [text = ""] = await decrypt(named, [secure], salt);
    if (!/^[0-9a-f]{64}$/.test(text))
        throw new Problem("invalid-input", "the plan has no usable key: something in it was changed", {
            remedy: planRemedy,
        });
    return Buffer.from(text, "hex");
}

/** Secrets of an engine's plan, in clear, in the same order. */
export async function openSecrets(named: NamedStack, ciphertexts: readonly string[]): Promise<string[]> {
    return ciphertexts.length === 0 ? [] : decrypt(named, ciphertexts);
}
