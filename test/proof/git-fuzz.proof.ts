import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { flushPacket, formatPacket } from "../../platform/git/pkt-line";
import { applicationArchive } from "../support/archive";
import { Choices, seed } from "../support/choices";
import { type RunningPlatform, startPlatform } from "../support/platform";
import { visitorWith } from "../support/visitor";
import { type Attempt, type PageSite, pageAttempt } from "./git-fuzz/page-attempt";

/** Of each kind. `SECTION_TEST_REQUESTS=20000` is the run of the scorecard in docs/durability.md. */
const requests = Number(process.env.SECTION_TEST_REQUESTS ?? 800);
const atOnce = 20;

interface Site extends PageSite {
    path: string;
    archive: Buffer;
}

const zero = "0".repeat(40);

function pushAttempt(choices: Choices, { path, head }: Site): Attempt {
    const oid = () => choices.pick(zero, head, "a".repeat(40));
    const ref = `refs/${choices.pick("heads", "tags", "x")}/${choices.pick("Production", "a", "a/b", "../x", "ü", "-x")}`;
    const words = choices.pick("", "side-band-64k", "atomic push-options", "side-band-64k push-options");
    const packs = [
        Buffer.alloc(0),
        Buffer.from("PACK"),
        Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1"),
        Buffer.from("PACK\0\0\0\x02\0\0\x01\0", "latin1"),
        flushPacket,
    ];
    const plain = choices.bend(
        Buffer.concat([
            formatPacket(`${oid()} ${oid()} ${ref}\0report-status ${words}`),
            flushPacket,
            choices.pick(...packs),
        ]),
    );
    const isPacked = choices.below(3) === 0;
    const headers: Record<string, string> = { "content-type": "application/x-git-receive-pack-request" };
    if (isPacked) headers["content-encoding"] = "gzip";
    return {
        name: "push",
        path: `${path}/git-receive-pack`,
        method: "POST",
        headers,
        body: isPacked && choices.below(2) === 0 ? gzipSync(plain) : plain,
    };
}

function fetchAttempt(choices: Choices, { path, head }: Site): Attempt {
    const want = formatPacket(
        `want ${choices.pick(head, "c".repeat(40))} ${choices.pick("ofs-delta", "side-band-64k", "nonsense", "")}\n`,
    );
    const extra = formatPacket(
        choices.pick("deepen 1\n", "deepen -1\n", "deepen-since x\n", "filter tree:x\n", "filter blob:none\n"),
    );
    const old = Buffer.concat([want, choices.pick(extra, Buffer.alloc(0)), flushPacket, formatPacket("done\n")]);
    const command = formatPacket(choices.pick("command=fetch", "command=ls-refs", "command=object-info", "command=x"));
    const recent = Buffer.concat([
        command,
        formatPacket("object-format=sha1"),
        Buffer.from("0001"),
        want,
        extra,
        formatPacket("done\n"),
        flushPacket,
    ]);
    const headers: Record<string, string> = { "content-type": "application/x-git-upload-pack-request" };
    const isRecent = choices.below(2) === 0;
    if (isRecent) headers["git-protocol"] = choices.pick("version=2", "version=2:x=y", "version=9");
    return {
        name: "fetch",
        path: `${path}/git-upload-pack`,
        method: "POST",
        headers,
        body: choices.bend(isRecent ? recent : old),
    };
}

function uploadAttempt(choices: Choices, { account, application, archive }: Site): Attempt {
    const part = (name: string, value: unknown) =>
        `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const fields =
        part("account_id", choices.pick<unknown>(account, account, "x", "", "99999999999")) +
        part("app_id", choices.pick<unknown>(application, application, "7e9", "%00"));
    const file = Buffer.concat([
        Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.tar.gz"\r\n\r\n'),
        choices.bend(archive),
        Buffer.from("\r\n"),
    ]);
    const body = Buffer.concat([choices.pick(file, file, Buffer.alloc(0)), Buffer.from(`${fields}--x--\r\n`)]);
    const type = choices.pick(
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "text/plain",
    );
    return {
        name: "upload",
        path: "/new/code_upload/v1/upload",
        method: "POST",
        headers: { "content-type": type },
        body: choices.pick(body, choices.bend(body)),
    };
}

function queryAttempt(choices: Choices, _site: Site): Attempt {
    const query = choices.pick(
        "{ userAPITokens }",
        'query A($x: Int!) { deploymentStatus(moduleName: "x", environmentID: $x) { state } }',
        '{ logs(moduleName: "\\u0000", environmentId: 1) { message } }',
        '{ deploymentStatus(moduleName: "varnish", environmentID: 1) { inService } }',
    );
    const variables = choices.pick<unknown>(null, {}, { x: 1 }, { x: 2 ** 31 - 1 }, { x: -1 }, { x: "1" }, []);
    const body = choices.bend(
        Buffer.from(JSON.stringify({ query, variables, operationName: choices.pick<unknown>("", "A", null, 7) })),
    );
    const type = choices.pick("application/json", "x", "text/plain");
    return {
        name: "query",
        path: "/new/authorized/graphql_api/query",
        method: "POST",
        headers: { "content-type": type },
        body,
    };
}

function addressAttempt(choices: Choices, { account, application }: Site): Attempt {
    const repository = `/account/${choices.pick<unknown>(account, "x", "1e3", "99999999999", "%00")}/application/${choices.pick<unknown>(application, "%ff", "-1")}/${choices.pick("x.git", "%2e.git", "%00.git", "x")}`;
    const rest = choices.pick(
        "info/refs?service=git-upload-pack",
        "info/refs",
        "info/refs?service=a&service=b",
        "HEAD",
        "../../x",
        "objects/aa/bb",
        "",
    );
    const path = choices.pick(
        `${repository}/${rest}`,
        `/instance/getconfig?token=${choices.below(1e9)}`,
        "/instance/getconfig?token[]=x",
        "/new/code_upload/v1/upload/",
    );
    return {
        name: "address",
        path,
        method: choices.pick("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST"),
        headers: {},
    };
}

const kinds = [pushAttempt, fetchAttempt, uploadAttempt, queryAttempt, addressAttempt, pageAttempt];

async function send(
    { url, token }: RunningPlatform,
    { path, method, headers, body }: Attempt,
): Promise<{ status: number; text: string }> {
    const answer = await fetch(url + path, {
        method,
        redirect: "manual",
        headers: { "section-token": token, ...headers },
        body: body && new Uint8Array(body),
    });
    return { status: answer.status, text: await answer.text() };
}

describe("what lies outside of the table of routes", () => {
    it("answers whatever it is sent, and never with a failure of its own", async function () {
        this.timeout(7_200_000);
        console.log(`      seed ${seed}`);
        // a request that is turned away gets nowhere
        const platform = await startPlatform({ userRequestsPerMinute: 0, gitRequestsPerMinute: 0 });
        try {
            const { account, application, gitUrl } = await platform.api.makeSite("Acme", "www.acme.example");
            const { commit } = await platform.api.get(
                `/account/${account}/application/${application}/environment/Production/head`,
            );
            const site = {
                account,
                application,
                path: new URL(gitUrl).pathname,
                head: commit,
                archive: await applicationArchive(),
                cookie: [...(await visitorWith(platform.url, platform.token)).cookies]
                    .map(([name, value]) => `${name}=${value}`)
                    .join("; "),
            };
            const choices = new Choices(seed);
            const counts = new Map<string, number>();
            const failures: string[] = [];
            const attempt = async (index: number) => {
                const made = (kinds[index % kinds.length] as (typeof kinds)[number])(choices, site);
                const { status, text } = await send(platform, made);
                const cell = `${made.name} ${status}`;
                counts.set(cell, (counts.get(cell) ?? 0) + 1);
                if (status >= 500)
                    failures.push(
                        `${cell} ${text.slice(0, 200)} for ${made.method} ${made.path} ${made.body?.toString("latin1").slice(0, 300)}`,
                    );
            };
            for (let index = 0; index < requests * kinds.length; index += atOnce)
                await Promise.all(Array.from({ length: atOnce }, (_, offset) => attempt(index + offset)));
            console.log(
                `      ${[...counts]
                    .sort()
                    .map(([cell, count]) => `${cell}: ${count}`)
                    .join(", ")}`,
            );
            assert.deepEqual(failures, []);
            assert.ok(
                [...counts.keys()].filter((cell) => cell.endsWith(" 200")).length >= 4,
                "some of it is right, so that it gets far",
            );
            assert.equal(
                (await platform.api.get(`/account/${account}/application/${application}/environment/Production/head`))
                    .commit,
                commit,
            );
        } finally {
            await platform.close();
        }
    });
});
