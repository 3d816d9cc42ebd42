import { Api } from "../test/support/api";
import { signUpOffline } from "../test/support/offline";
import { spawnPlatform, withFolder } from "../test/support/platform";
import { type Visitor, visitorWith } from "../test/support/visitor";
import { median, printCount, printFigure, timed } from "./figures";

const rounds = 30;
const many = 1000;
const few = 10;

/** Milliseconds and bytes of a page; pages that stand beside each other are asked for in turn. */
async function measure(visitor: Visitor, addresses: readonly string[]) {
    const found = addresses.map(() => ({ times: [] as number[], bytes: 0 }));
    for (let round = 0; round < rounds; round += 1) {
        for (const [index, address] of addresses.entries()) {
            const one = found[index] as (typeof found)[number];
            const time = await timed(async () => {
                const { status, text } = await visitor.get(address);
                if (status !== 200) throw new Error(`${address} answered ${status}`);
                one.bytes = Buffer.byteLength(text);
            });
            one.times.push(time);
        }
    }
    return found.map(({ times, bytes }) => ({ ms: median(times), bytes }));
}

/** How long pages take: an organization of a thousand sites beside one of ten, and the pages that read git. */
export async function benchPages(): Promise<void> {
    await withFolder(async (folder) => {
        const token = await signUpOffline(`${folder}/platform`, "olga@agency.example");
        const platform = await spawnPlatform(`${folder}/platform`);
        const api = new Api(platform.url, token);
        const makeOrganization = async (sites: number): Promise<{ account: number; application: number }> => {
            const { id } = await api.must("POST", "/account", { name: `${sites} sites` });
            let application = 0;
            for (let index = 0; index < sites; index += 1) {
                const hostname = `w${index}.s${sites}.example`;
                application = (
                    await api.must("POST", `/account/${id}/application/create`, { hostname, origin: "192.0.2.1" })
                ).id;
            }
            return { account: id, application };
        };
        const [large, small] = [await makeOrganization(many), await makeOrganization(few)];
        const visitor = await visitorWith(platform.url, token);
        for (const [name, below] of [
            ["an organization", ""],
            ["  searched", "?search=w7."],
            ["  its last page", `?page=${many / 100}`],
            ["  its hostnames", "/domains"],
        ] as const) {
            const [ours, floor] = await measure(visitor, [
                `/account/${large.account}${below}`,
                `/account/${small.account}${below.replace(/\?page.*/, "")}`,
            ]);
            if (ours === undefined || floor === undefined) continue;
            printFigure({
                name: `${name}, ${many} sites / ${few}`,
                ours: ours.ms,
                floor: floor.ms,
                unit: "ms",
                target: { most: 4 },
            });
            printCount("", ours.bytes, "bytes", 100_000);
        }
        const site = `/account/${large.account}/application/${large.application}`;
        const { commit } = await api.get(`${site}/environment/Production/head`);
        const pages = {
            organizations: "/",
            site,
            environment: `${site}/environment/Production`,
            commit: `${site}/commit/${commit}`,
        };
        for (const [index, { ms, bytes }] of (await measure(visitor, Object.values(pages))).entries()) {
            printCount(`page ${Object.keys(pages)[index]}`, ms, "ms", 50);
            printCount("", bytes, "bytes");
        }
        await platform.stop();
    });
}
