import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { startPlatform } from "section-platform";
import { showEstate } from "./estate.mjs";
import { engineEnvironment, findEngine } from "./pulumi/find-engine.mjs";
import { endOrphan, runPulumi } from "./pulumi/run-pulumi.mjs";
import { repository } from "./setup.mjs";

// the tests run this beside whatever stands in the checkout
const folder = process.env.SECTION_START_FOLDER ?? path.join(repository, ".section");
const stack = process.env.SECTION_START_STACK ?? "local";
const operator = { email: "ops@agency.example", firstName: "Olga", lastName: "Ops" };

/** The content of a file that only its owner can read, made once. */
async function keep(name, make) {
    const file = path.join(folder, name);
    const existing = await readFile(file, "utf8").catch(() => undefined);
    if (existing) return existing;
    const made = await make();
    await writeFile(file, made, { mode: 0o600 });
    return made;
}

async function isValid(url, token) {
    const { status } = await fetch(`${url}/api/v1/user`, { headers: { "section-token": token } });
    return status === 200;
}

async function openToken(platform) {
    await platform.addUser(operator);
    const make = () => platform.addToken({ email: operator.email, description: "npm start" });
    const token = await keep("token", make);
    if (await isValid(platform.url, token)) return token;
    const fresh = await make();
    await writeFile(path.join(folder, "token"), fresh, { mode: 0o600 });
    return fresh;
}

/** Starts on the port of the last time where it is still free, so that clone URLs stay. */
async function openPlatform() {
    const dataDir = path.join(folder, "platform");
    const file = path.join(folder, "port");
    const last = Number(await readFile(file, "utf8").catch(() => "0"));
    const platform = await startPlatform({ dataDir, port: last, logLevel: "error" }).catch((error) => {
        if (error.code !== "EADDRINUSE") throw error;
        return startPlatform({ dataDir, logLevel: "error" });
    });
    await writeFile(file, new URL(platform.url).port);
    return platform;
}

/**
 * A killed run leaves the stack locked. The platform's folder is locked for this process, so nobody else works on it
 * now.
 */
async function unlockStack(pulumi) {
    const locks = await readdir(
        path.join(folder, "pulumi-state", ".pulumi", "locks", "organization", "agency", stack),
    ).catch(() => []);
    if (locks.length > 0) await pulumi(["cancel", "--yes", "--stack", stack], { quiet: true });
}

async function hasResources() {
    const state = await readFile(
        path.join(folder, "pulumi-state", ".pulumi", "stacks", "agency", `${stack}.json`),
        "utf8",
    ).catch(() => "{}");
    return (JSON.parse(state).checkpoint?.latest?.resources?.length ?? 0) > 0;
}

function howToGoOn(platform, bin, flags) {
    const lines = flags.serve
        ? [
              "The platform answers until Ctrl-C. In another terminal, plain pulumi works on it:",
              `  export PATH="${bin}:$PATH" PULUMI_BACKEND_URL="file://${folder}/pulumi-state" PULUMI_CONFIG_PASSPHRASE_FILE="${folder}/passphrase"`,
              `  export SECTION_ENDPOINT=${platform.url} SECTION_TOKEN_FILE="${folder}/token"`,
              `  pulumi preview --stack ${stack} --diff`,
          ]
        : [
              "How to go on",
              "  npm start                    again: 0 changes",
              "  edit examples/agency/proxy/varnish/default.vcl, then",
              "  npm start -- --preview       shows the line in every environment that it touches",
              "  npm start                    applies it, one commit per environment",
              "  npm start -- --serve         keeps the platform running, for plain pulumi and git",
              "  npm start -- --destroy       removes everything again",
          ];
    console.log(`\n${lines.join("\n")}`);
}

/** Runs the steps that the flags ask for, then prints the current estate. */
export async function runAgency(flags, say) {
    const bin = await findEngine(say);
    await mkdir(path.join(folder, "pulumi-state"), { recursive: true, mode: 0o700 });
    await endOrphan(folder, say);
    say("starting the platform");
    const platform = await openPlatform();
    try {
        const token = await openToken(platform);
        const passphrase = await keep("passphrase", async () => {
            await rm(path.join(repository, `Pulumi.${stack}.yaml`), { force: true }); // its salt belongs to another passphrase
            return randomBytes(24).toString("base64url");
        });
        const environment = {
            ...process.env,
            ...engineEnvironment(bin, folder, passphrase),
            SECTION_ENDPOINT: platform.url,
            SECTION_TOKEN: token,
            SECTION_RESOLVER: "none",
        };
        const pulumi = (args, options) => runPulumi(args, { ...options, cwd: repository, environment, folder });
        await unlockStack(pulumi);
        await pulumi(["stack", "select", "--create", stack], { quiet: true });
        const at = ["--stack", stack];
        if (flags.destroy) {
            await pulumi(["destroy", "--yes", "--skip-preview", ...at]);
            return;
        }
        if (flags.refresh) await pulumi(["refresh", "--yes", "--skip-preview", ...at]);
        say("pulumi preview");
        await pulumi(["preview", ...((await hasResources()) ? ["--diff"] : []), ...at]);
        if (!flags.preview) {
            say("pulumi-section up");
            await pulumi(["up", "--yes", "--skip-preview", ...at], { isSection: true });
        }
        await showEstate(platform.url, token);
        howToGoOn(platform, bin, flags);
        if (flags.serve) await new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
    } finally {
        await platform.close();
    }
}
