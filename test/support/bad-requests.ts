import type { Choices } from "./choices";
import type { Specified } from "./described-routes";

/** A request as bytes: nothing between it and the wire corrects it. */
export interface BadRequest {
    kind: string;
    method: string;
    path: string;
    headers: Record<string, string>;
    body?: Buffer;
}

/** Ids that exist on a platform. */
export interface RightIds {
    token: string;
    parameters: Record<string, string>;
}

const nul = "\u0000";
const longTexts = [1_025, 5_000, 70_000, 1_000_000];

/** Values that nobody would send on purpose. */
function oddValue(choices: Choices, depth = 0): unknown {
    const text = () =>
        choices.pick(
            "",
            " ",
            nul,
            `a${nul}b`,
            "\ud800",
            "\udfff\ud800",
            "ü".repeat(40),
            "‮",
            "__proto__",
            "../../etc/passwd",
            "%00",
            "*",
            "-1",
        );
    const number = () => choices.pick(0, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, -1e300, 5e-324, 999_999);
    const list = () =>
        Array.from({ length: choices.below(4) }, () => (depth > 2 ? null : oddValue(choices, depth + 1)));
    const object = () => ({
        [choices.pick("a", "", "__proto__", "constructor", nul, "$ref", "origins", "default")]:
            depth > 2 ? null : oddValue(choices, depth + 1),
    });
    return choices.pick<() => unknown>(
        text,
        text,
        number,
        list,
        object,
        () => null,
        () => choices.below(2) === 0,
    )();
}

function deepJson(choices: Choices): string {
    const levels = choices.pick(70, 1_000, 100_000);
    const [open, close] = choices.pick(["[", "]"], ['{"a":', "}"]) as [string, string];
    return `${open.repeat(levels)}1${choices.below(4) === 0 ? "" : close.repeat(levels)}`;
}

/** JSON text, with escapes and numbers that no serializer writes. */
function oddJson(choices: Choices, value: unknown): string {
    const text = JSON.stringify(value) ?? "null";
    return choices.pick(
        text,
        text,
        text.replace(/:/, ':1e999,"x":'),
        text.replaceAll('"', "'"),
        `\ufeff${text}`,
        text.slice(0, -1),
        `${text}${text}`,
        text.replace(/\d+/, "123456789012345678901234567890"),
        "NaN",
        '{"a":1,"a":2,"__proto__":{"admin":true}}',
    );
}

function oddBody(choices: Choices, { bodyFields }: Specified): Buffer {
    const some = () =>
        Object.fromEntries(bodyFields.filter(() => choices.below(3) > 0).map((name) => [name, oddValue(choices)]));
    const long = () =>
        Object.fromEntries(
            bodyFields
                .slice(0, 1)
                .map((name) => [name, choices.pick("x", nul, "ü").repeat(choices.pick(...longTexts))]),
        );
    const patch = () => [
        {
            op: choices.pick("add", "remove", "x"),
            path: choices.pick("/a/b", "", "a", `/${nul}`, "/~2", "/-"),
            value: oddValue(choices),
        },
    ];
    const value = choices.below(12);
    if (value === 0) return Buffer.from(deepJson(choices));
    if (value === 1) return Buffer.from(JSON.stringify(long()));
    if (value === 2) return choices.bend(Buffer.from(JSON.stringify(some())));
    return Buffer.from(
        oddJson(choices, choices.pick<() => unknown>(some, some, some, patch, () => oddValue(choices))()),
    );
}

function oddPart(choices: Choices): string {
    const short = [
        "%00",
        "%ff",
        "%zz",
        "%",
        "%e0%80%af",
        "..",
        "%2e%2e",
        "%2f",
        "-1",
        "1e3",
        "99999999999",
        "0x1",
        "%ed%a0%80",
        "a%20b",
        "*",
        "~",
        "%5c",
        "__proto__",
    ];
    return choices.below(12) === 0
        ? choices.pick("a", "%41").repeat(choices.pick(1_024, 1_025, 6_000))
        : choices.pick(...short);
}

function oddQuery(choices: Choices, { queryNames }: Specified): string {
    const name = choices.pick(...queryNames, "x", "access_token", "%00", "__proto__");
    const value = choices.pick(
        "",
        "%00",
        "%ff",
        "%zz",
        "-1",
        "1e400",
        "true",
        "a".repeat(choices.pick(10, 9_000, 40_000)),
        "%ed%a0%80",
    );
    return choices.pick(
        `${name}=${value}`,
        `${name}=${value}&${name}=1`,
        `${name}[]=${value}`,
        `${name}[a][b]=1`,
        `${name}`,
        `=${value}&&&`,
        `${name}=1;${name}=2`,
    );
}

function fill(choices: Choices, { path, method }: Specified, { parameters }: RightIds, odds: number): string {
    return path.replaceAll(/:(\w+)/g, (_, name: string) => {
        // these requests do not name things that a right one would remove
        const isKept = method === "DELETE" && name !== "accountId";
        return isKept || choices.below(100) < odds || parameters[name] === undefined
            ? oddPart(choices)
            : parameters[name];
    });
}

function oddHeaders(choices: Choices, token: string): Record<string, string> {
    return choices.pick<Record<string, string>>(
        { authorization: "Basic" },
        {
            authorization: `Basic ${Buffer.from(choices.pick(":", "a", `${nul}:${nul}`, `x:${"y".repeat(9_000)}`)).toString("base64")}`,
        },
        { authorization: "Bearer x", "section-token": token },
        { "section-token": "x".repeat(choices.pick(1, 300, 20_000)) },
        { "section-token": token, "section-otp": "☃".normalize().charCodeAt(0).toString() },
        {
            "section-token": token,
            "content-type": choices.pick(
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                "x",
                "a/b; charset=utf-16",
            ),
        },
        { "section-token": token, "content-encoding": choices.pick("gzip", "br", "x") },
        {
            "section-token": token,
            filepath: choices.pick(
                "../x.json",
                ".git/config",
                "\xff\xfe.json",
                "a".repeat(3_000),
                "/etc/passwd",
                "x.json",
            ),
        },
        {
            "section-token": token,
            "x-forwarded-for": "nonsense, ::1",
            host: "evil.example",
            accept: "text/html;q=x, */*",
        },
        { "section-token": token, "if-match": "*", range: "bytes=5-1", expect: "nothing" },
        { "section-token": token, "x-big": "y".repeat(choices.pick(1_000, 70_000)) },
    );
}

/** One bad request to an operation. */
export function badRequest(choices: Choices, route: Specified, ids: RightIds): BadRequest {
    const right = { method: route.method, headers: { "section-token": ids.token } };
    const others = ["address", "address", "query", "method", "header"];
    const kind = choices.pick(
        ...(route.method === "GET" ? others : ["body", "body", "body", "body", "body", ...others]),
    );
    const body = route.method === "GET" && choices.below(10) > 0 ? undefined : oddBody(choices, route);
    if (kind === "body") return { ...right, kind, path: fill(choices, route, ids, 3), body };
    if (kind === "address")
        return {
            ...right,
            kind,
            path: fill(choices, route, ids, 60) + choices.pick("", "", "/", "//", "/x", "/.."),
            body,
        };
    if (kind === "query")
        return { ...right, kind, path: `${fill(choices, route, ids, 3)}?${oddQuery(choices, route)}`, body };
    if (kind === "header")
        return {
            kind,
            method: route.method,
            path: fill(choices, route, ids, 3),
            headers: oddHeaders(choices, ids.token),
            body,
        };
    const method = choices.pick("PUT", "OPTIONS", "TRACE", "HEAD", "PROPFIND", "QUERY", "DELETE", "LINK");
    return { ...right, kind, method, path: fill(choices, { ...route, method }, ids, 3) };
}
