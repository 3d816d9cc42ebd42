// The browser that looks at the platform's pages: the machine's own, or Debian's where this user may install it.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { giveUp } from "./setup.mjs";

/** The command `chromium` of the PATH, or undefined. */
export function findChromium() {
    const files = (process.env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, "chromium"));
    return files.find((file) => {
        try {
            accessSync(file, constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
}

const isThere = () => findChromium() !== undefined;

/** Makes sure that `chromium` is on the PATH. */
export function ensureChromium(say) {
    if (isThere()) return;
    const remedy = "install the package chromium, then run this again";
    if (process.getuid?.() !== 0) giveUp(`the stories need the command chromium, which is not on the PATH: ${remedy}`);
    say("installing chromium (about a minute)");
    const options = {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
        encoding: "utf8",
    };
    spawnSync("apt-get", ["update", "-qq"], options); // an old list of packages may do
    const { status, error, stderr } = spawnSync(
        "apt-get",
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
        options,
    );
    if (status !== 0)
        giveUp(
            `the stories need the command chromium, and apt-get could not install it: ${error?.message ?? stderr.trim()}; ${remedy}`,
        );
    if (!isThere()) giveUp(`the package chromium is installed, but no command chromium is on the PATH: ${remedy}`);
}
