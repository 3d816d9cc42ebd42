import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import autocannon from "autocannon";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { median, printFigure } from "./figures";

const seconds = 4;
const rounds = 3;
const connections = 8;

/** One user from one address asks for all that the platform can give. */
const noLimits = { SECTION_PLATFORM_USER_REQUESTS_PER_MINUTE: "0", SECTION_PLATFORM_ADDRESS_REQUESTS_PER_MINUTE: "0" };

async function throughput(url: string, options: Partial<autocannon.Options>): Promise<number> {
    const { requests, non2xx } = await autocannon({ url, connections, duration: seconds, ...options });
    if (non2xx > 0) throw new Error(`${url} answered ${non2xx} failures`);
    return requests.average;
}

/** Requests per second, beside fastify and PGlite doing one row. */
export async function benchRest(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        const platform = await spawnPlatform(`${folder}/platform`, { environment: noLimits });
        const below = spawn(process.execPath, ["--import", "tsx", "bench/floor-server.ts", `${folder}/floor`], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        const floorUrl = await new Promise<string>((resolve) =>
            createInterface(below.stdout).once("line", (line) => resolve(line.replace("listening on ", ""))),
        );
        const headers = { "content-type": "application/json" };
        const figures = {
            read: { ours: [] as number[], floor: [] as number[] },
            write: { ours: [] as number[], floor: [] as number[] },
        };
        for (let round = 0; round < rounds; round += 1) {
            figures.read.floor.push(await throughput(`${floorUrl}/thing`, {}));
            figures.read.ours.push(
                await throughput(`${platform.url}/api/v1/user`, { headers: { "section-token": token } }),
            );
            figures.write.floor.push(
                await throughput(`${floorUrl}/thing`, { method: "POST", headers, body: '{"name":"y"}' }),
            );
            figures.write.ours.push(
                await throughput(`${platform.url}/api/v1/user`, {
                    method: "POST",
                    headers: { ...headers, "section-token": token },
                    body: '{"company_name":"y"}',
                }),
            );
        }
        printFigure({
            name: "REST read",
            ours: median(figures.read.ours),
            floor: median(figures.read.floor),
            unit: "/s",
            target: { least: 0.7 },
        });
        printFigure({
            name: "REST write",
            ours: median(figures.write.ours),
            floor: median(figures.write.floor),
            unit: "/s",
            target: { least: 0.4 },
        });
        below.kill("SIGTERM");
        await platform.stop();
    });
}
