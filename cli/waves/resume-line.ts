import { sayShellLine } from "../terminal/shell-line";

/** Options of `waves` as commander reads them. */
export interface ResumedOptions {
    stack?: string;
    check?: string | false;
    checkUrl?: string;
    edge?: string;
    expect: number;
    expectText?: string;
    tries: number;
    settle: number;
    timeout: number;
    pause: number;
    yes?: boolean;
}

/** Options that are said where they are not these. Times are milliseconds. */
export const usualWaves = { expect: 200, tries: 3, settle: 5_000, timeout: 30_000, pause: 0 } as const;

const sayTime = (ms: number) => (ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`);

/** The line that goes on with a stopped run: its check is not kept in the record. */
export function sayResumeLine(options: ResumedOptions): string {
    const { stack, check, checkUrl, edge, expectText, yes } = options;
    const other = (name: keyof typeof usualWaves, text: string) =>
        options[name] === usualWaves[name] ? [] : [`--${name}`, text];
    const named = (flag: string, value: string | undefined) => (value === undefined ? [] : [flag, value]);
    return sayShellLine([
        "pulumi-section",
        "waves",
        "--resume",
        ...named("--stack", stack),
        ...(check === false ? ["--no-check"] : named("--check", check)),
        ...named("--check-url", checkUrl),
        ...named("--edge", edge),
        ...other("expect", String(options.expect)),
        ...named("--expect-text", expectText),
        ...other("tries", String(options.tries)),
        ...other("settle", sayTime(options.settle)),
        ...other("timeout", sayTime(options.timeout)),
        ...other("pause", sayTime(options.pause)),
        ...(yes ? ["--yes"] : []),
    ]);
}
