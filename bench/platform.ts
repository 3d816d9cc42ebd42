import { Api } from "../test/support/api";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { median, printCount, timed } from "./figures";

/** How long the platform's own work takes: a site, and being ready again. */
export async function benchPlatform(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        let platform = await spawnPlatform(`${folder}/platform`);
        const api = new Api(platform.url, token);
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const times: number[] = [];
        for (let index = 0; index < 300; index += 1) {
            times.push(
                await timed(() =>
                    api.must("POST", `/account/${id}/application/create`, {
                        hostname: `w${index}.acme.example`,
                        origin: "192.0.2.1",
                    }),
                ),
            );
        }
        printCount("create an application, p50", median(times), "ms", 6);
        const ready: number[] = [];
        for (let round = 0; round < 5; round += 1) {
            await platform.kill();
            ready.push(
                await timed(async () => {
                    platform = await spawnPlatform(`${folder}/platform`);
                }),
            );
        }
        printCount("kill -9 to ready, 300 repositories", median(ready), "ms", 1000);
        await platform.stop();
    });
}
