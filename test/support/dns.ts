import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, isIPv6 } from "node:net";
import { type Answer, decode, encode, type Packet, type RecordType } from "dns-packet";

/** The answer for a name: records by type, or the way in which the server fails. */
export type DnsName =
    | string
    | "SERVFAIL"
    | "SILENT"
    | {
          A?: string[];
          AAAA?: string[];
          CNAME?: string;
          NS?: string[];
          TXT?: string[];
          MX?: { preference: number; exchange: string }[];
          SRV?: { priority: number; weight: number; port: number; target: string }[];
          CAA?: { flags: number; tag: string; value: string }[];
      };

export interface TestDns {
    address: string;
    /** Every question so far, as `TYPE name`. */
    asked: string[];
    close(): void;
}

const notFound = 3;
const serverFailure = 2;

/** Records of a name for a question, aliases followed as a resolver does. */
function answersOf(
    names: ReadonlyMap<string, DnsName>,
    addresses: ReadonlyMap<string, string>,
    name: string,
    type: RecordType,
): Answer[] {
    const known = names.get(name) ?? {};
    const records = typeof known === "string" ? { CNAME: known } : known;
    const make = (data: unknown) => ({ name, type, ttl: 60, class: "IN", data }) as unknown as Answer;
    const address = addresses.get(name);
    if (address !== undefined && type === (isIPv6(address) ? "AAAA" : "A")) return [make(address)];
    if (records.CNAME !== undefined) {
        const alias = { name, type: "CNAME", ttl: 60, class: "IN", data: records.CNAME } as Answer;
        return type === "CNAME" ? [alias] : [alias, ...answersOf(names, addresses, records.CNAME, type)];
    }
    if (type === "CAA")
        return (records.CAA ?? []).map(({ flags, tag, value }) =>
            make({ flags, tag, value, issuerCritical: flags >= 128 }),
        );
    const data = (records as Record<string, unknown[] | undefined>)[type] ?? [];
    return data.map(make);
}

/**
 * A DNS server that knows the names it is given; a bare text is an alias. Names it does not know are not found;
 * `SERVFAIL` and `SILENT` fail in these ways. The maps can change at any time.
 *
 * @param addresses name -> its one IPv4 or IPv6 address, whatever else it has
 */
export async function startDns(
    names: ReadonlyMap<string, DnsName>,
    addresses: ReadonlyMap<string, string> = new Map(),
): Promise<TestDns> {
    const asked: string[] = [];
    const reply = (query: Buffer): Buffer | undefined => {
        const { id, questions = [] } = decode(query);
        const [question] = questions;
        if (question === undefined) return undefined;
        const name = question.name.toLowerCase();
        asked.push(`${question.type} ${name}`);
        const known = names.get(name) ?? (addresses.has(name) ? {} : undefined);
        if (known === "SILENT") return undefined;
        const failure = known === "SERVFAIL" ? serverFailure : known === undefined ? notFound : 0;
        const answers = failure === 0 ? answersOf(names, addresses, name, question.type) : [];
        const packet: Packet = { type: "response", id, flags: 0x0180 | failure, questions: [question], answers };
        return encode(packet);
    };
    // over TCP a message follows its length; requests of tests fit into one packet
    const server = createServer((connection) => {
        connection.on("error", () => {});
        connection.on("data", (data) => {
            const answer = reply(data.subarray(2));
            if (answer === undefined) return;
            const size = Buffer.alloc(2);
            size.writeUInt16BE(answer.length);
            connection.write(Buffer.concat([size, answer]));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const socket = createSocket("udp4");
    socket.on("message", (query, from) => {
        const answer = reply(query);
        if (answer !== undefined) socket.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(port, "127.0.0.1", resolve));
    const close = () => {
        socket.close();
        server.close();
    };
    return { address: `127.0.0.1:${port}`, asked, close };
}
