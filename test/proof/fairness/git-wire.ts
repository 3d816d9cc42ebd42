import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { formatPack } from "../../../platform/git/objects/format-pack";
import { formatCommit, type GitObject, hashObject } from "../../../platform/git/objects/object-format";
import { flushPacket, formatPacket } from "../../../platform/git/pkt-line";
import type { Api } from "../../support/api";
import type { Site } from "./attack";

export const noObject = "0".repeat(40);
const delimiter = Buffer.from("0001", "latin1");
const person = { name: "Gita", email: "gita@agency.example" };

type Service = "git-upload-pack" | "git-receive-pack";

function headersOf(token: string | undefined, service: Service): Record<string, string> {
    return {
        authorization: `Basic ${Buffer.from(`git:${token}`).toString("base64")}`,
        "content-type": `application/x-${service}-request`,
        ...(service === "git-upload-pack" && { "git-protocol": "version=2" }),
    };
}

/** Sends one request of git's protocol and returns the whole answer, which has to be a success. */
export async function ask({ token }: Api, site: Site, service: Service, body: Buffer): Promise<Buffer> {
    const answer = await fetch(`${site.gitUrl}/${service}`, {
        method: "POST",
        headers: headersOf(token, service),
        body: new Uint8Array(body),
    });
    const content = Buffer.from(await answer.arrayBuffer());
    if (answer.status !== 200) throw new Error(`${service} answered ${answer.status}: ${content}`);
    return content;
}

export const lsRefs = Buffer.concat([
    formatPacket("command=ls-refs\n"),
    delimiter,
    formatPacket("peel\n"),
    flushPacket,
]);

/** The newest commit of Production, with its tree. */
export async function readHead(api: Api, { account, application }: Site): Promise<{ commit: string; tree: string }> {
    const at = `/account/${account}/application/${application}/environment/Production`;
    const [head] = await api.get(`${at}/commits?limit=1`);
    return head;
}

export function fetchOf(...oids: string[]): Buffer {
    return Buffer.concat([
        formatPacket("command=fetch"),
        delimiter,
        ...oids.map((oid) => formatPacket(`want ${oid}\n`)),
        formatPacket("done\n"),
        flushPacket,
    ]);
}

/** The beginning of a push: everything but its pack. */
export function formatCommands(commands: readonly { ref: string; before?: string; after: string }[]): Buffer {
    const lines = commands.map(({ ref, before = noObject, after }, index) =>
        formatPacket(`${before} ${after} ${ref}${index === 0 ? "\0report-status side-band-64k" : ""}\n`),
    );
    return Buffer.concat([...lines, flushPacket]);
}

/** A commit on top of another one, over the same files. */
export function nextCommit(tree: string, parent: string, message: string): GitObject & { oid: string } {
    const data = formatCommit({
        tree,
        parents: [parent],
        author: person,
        committer: person,
        message,
        date: new Date(),
    });
    return { type: "commit", data, oid: hashObject("commit", data) };
}

/** Pushes objects, and moves references to them. Throws unless all is accepted. */
export async function push(
    api: Api,
    site: Site,
    commands: Parameters<typeof formatCommands>[0],
    objects: readonly GitObject[],
): Promise<void> {
    const body = Buffer.concat([formatCommands(commands), await formatPack(objects)]);
    const report = (await ask(api, site, "git-receive-pack", body)).toString("latin1");
    if (!report.includes("unpack ok") || / ?ng refs\//.test(report)) throw new Error(`the push was refused: ${report}`);
}

/**
 * Begins a request of git's protocol on a connection of its own: its head and `body`. `length` says how long the body
 * is. It neither sends the rest nor reads the answer.
 */
export async function beginRequest(
    { token }: Api,
    site: Site,
    service: Service,
    body: Buffer,
    length = body.length,
): Promise<Socket> {
    const { hostname, port, pathname } = new URL(site.gitUrl);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on("error", () => {}); // ended by the platform, which is the point
    await once(socket, "connect");
    socket.pause();
    const lines = Object.entries({ ...headersOf(token, service), host: hostname, "content-length": String(length) });
    socket.write(
        `POST ${pathname}/${service} HTTP/1.1\r\n${lines.map((line) => line.join(": ")).join("\r\n")}\r\n\r\n`,
    );
    socket.write(body);
    return socket;
}
