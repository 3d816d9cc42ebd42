import { Problem } from "section-model";
import { withoutErrorMark } from "../terminal/error-mark";
import type { EngineResult } from "./engine";

const inProgram = "Run this command in the folder of the program, and name a stack with --stack or select one";

/** Words of the engine, and the remedy that belongs to them whatever was asked of it. */
const remedies: readonly [RegExp, string][] = [
    [
        /passphrase/i,
        "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, to the passphrase with which this stack was made",
    ],
    [
        /PULUMI_ACCESS_TOKEN|pulumi login/,
        "Log in to the backend with pulumi login, or set PULUMI_BACKEND_URL, such as file://$HOME/states",
    ],
];

/** True where the engine has not got the passphrase of a stack, or a wrong one. */
export function isWithoutPassphrase({ code, stderr }: EngineResult): boolean {
    return code !== 0 && /passphrase/i.test(stderr);
}

/** The problem of a failed engine command, in the engine's words. */
export function engineRefusal(what: string, { stderr }: EngineResult, remedy = inProgram): Problem {
    const known = remedies.find(([words]) => words.test(stderr))?.[1];
    return new Problem("invalid-input", `${what}: ${withoutErrorMark(stderr)}`, { remedy: known ?? remedy });
}
