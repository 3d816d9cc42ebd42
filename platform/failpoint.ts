const hits = new Map<string, number>();

/**
 * A place where a test can kill the process, to prove that recovery from a crash is right.
 * `SECTION_PLATFORM_FAILPOINT=name` kills at the first passage, `name:3` at the third. Without the setting it does
 * nothing.
 */
export function failpoint(name: string): void {
    const setting = process.env.SECTION_PLATFORM_FAILPOINT;
    if (setting === undefined) return;
    const [wanted, nth = "1"] = setting.split(":");
    if (wanted !== name) return;
    const hit = (hits.get(name) ?? 0) + 1;
    hits.set(name, hit);
    if (hit === Number(nth)) process.kill(process.pid, "SIGKILL");
}
