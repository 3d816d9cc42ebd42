import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sectionPlatform } from "./platform";
import { seedDatabase } from "./seed";

const run = promisify(execFile);

/** Runs `section-platform` to its end and returns its output. */
export async function platformCommand(dataDir: string, ...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [sectionPlatform, ...args], {
        env: { ...process.env, SECTION_PLATFORM_DATA_DIR: dataDir },
    });
    return stdout.trim();
}

/** A user and a token, made by the command while the platform does not run. */
export async function signUpOffline(dataDir: string, email: string): Promise<string> {
    await seedDatabase(dataDir);
    await platformCommand(dataDir, "user", "add", email, "--first-name", "Olga");
    return platformCommand(dataDir, "token", "add", email, "--description", "test");
}
