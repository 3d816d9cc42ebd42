import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, isIPv6 } from "node:net";

const types = { A: 1, CNAME: 5, AAAA: 28 };

function encodeName(name: string): Buffer {
    return Buffer.concat([...name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);
}

function encodeAddress(address: string): Buffer {
    if (!isIPv6(address)) return Buffer.from(address.split(".").map(Number));
    const [head = "", tail = ""] = address.split("::").map((part) =>
        part
            .split(":")
            .map((group) => group.padStart(4, "0"))
            .join(""),
    );
    return Buffer.from(head.padEnd(32 - tail.length, "0") + tail, "hex");
}

/**
 * A DNS server that knows CNAMEs and addresses and nothing else.
 *
 * @param aliases hostname -> where its CNAME leads
 * @param addresses hostname -> an IPv4 or IPv6 address
 */
export async function startDns(aliases: Map<string, string>, addresses: ReadonlyMap<string, string> = new Map()): Promise<{ address: string; close(): void }> {
    const answerOf = (name: string, type: number): Buffer | undefined => {
        const target = aliases.get(name);
        if (type === types.CNAME) return target === undefined ? undefined : encodeName(target);
        const address = addresses.get(name);
        return address !== undefined && type === (isIPv6(address) ? types.AAAA : types.A) ? encodeAddress(address) : undefined;
    };
    const reply = (query: Buffer): Buffer => {
        const labels: string[] = [];
        let at = 12;
        for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
            labels.push(query.toString("latin1", at + 1, at + 1 + length));
            at += 1 + length;
        }
        const end = at + 5;
        const name = labels.join(".").toLowerCase();
        const type = query.readUInt16BE(at + 1);
        const answer = answerOf(name, type);
        const isKnown = aliases.has(name) || addresses.has(name);
        const header = Buffer.from(query.subarray(0, 12));
        header.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
        header.writeUInt16BE(answer === undefined ? 0 : 1, 6);
        header.writeUInt32BE(0, 8);
        const parts = [header, query.subarray(12, end)];
        if (answer !== undefined) parts.push(Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, answer.length]), answer);
        return Buffer.concat(parts);
    };
    // over TCP a message follows its length; whoever asks here sends one that fits into a packet
    const server = createServer((connection) => {
        connection.on("error", () => {});
        connection.on("data", (data) => {
            const answer = reply(data.subarray(2));
            const size = Buffer.alloc(2);
            size.writeUInt16BE(answer.length);
            connection.write(Buffer.concat([size, answer]));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const socket = createSocket("udp4");
    socket.on("message", (query, from) => socket.send(reply(query), from.port, from.address));
    await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
    const close = () => {
        socket.close();
        server.close();
    };
    return { address: `127.0.0.1:${port}`, close };
}
