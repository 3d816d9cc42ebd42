import { Api } from "../test/support/api";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { median, printCount, timed } from "./figures";

const atOnce = 112;
const rounds = 5;

/** The time within which 95 of 100 are answered, of requests that one client sends at once to one account. */
async function answerAtOnce(api: Api, account: number, applications: readonly number[]): Promise<number> {
    const applicationOf = (index: number) =>
        `/account/${account}/application/${applications[index % applications.length]}`;
    const p95s: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
        const kinds = [
            () => api.get(`/account/${account}/application/`),
            (index: number) => api.get(`${applicationOf(index)}/environment`),
            (index: number) =>
                api.must("POST", `/account/${account}/user`, {
                    email: `person-${round}-${index}@agency.example`,
                    accountCapability: "state",
                }),
            (index: number) =>
                api.must(
                    "POST",
                    `${applicationOf(index)}/environment/Production/domain/d${round}-${index}.acme.example`,
                ),
        ];
        const times = await Promise.all(
            Array.from({ length: atOnce }, (_, index) => timed(async () => kinds[index % kinds.length]?.(index))),
        );
        p95s.push(times.sort((one, other) => one - other)[Math.ceil(atOnce * 0.95) - 1] as number);
    }
    return median(p95s);
}

/** How long the platform's own work takes: a site, many requests at once, and being ready again. */
export async function benchPlatform(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        let platform = await spawnPlatform(`${folder}/platform`);
        const api = new Api(platform.url, token);
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const times: number[] = [];
        const applications: number[] = [];
        for (let index = 0; index < 300; index += 1) {
            times.push(
                await timed(async () => {
                    const made = await api.must("POST", `/account/${id}/application/create`, {
                        hostname: `w${index}.acme.example`,
                        origin: "192.0.2.1",
                    });
                    applications.push(made.id);
                }),
            );
        }
        printCount("create an application, p50", median(times), "ms", 6);
        printCount(`${atOnce} requests at once, p95`, await answerAtOnce(api, id, applications), "ms", 500);
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
