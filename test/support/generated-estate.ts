import fc from "fast-check";
import { type Kind, pick } from "pulumi-section/internal";
import { makeSecret, type Properties } from "../harness/values";
import { owner } from "./platform";

/** Each secret that is generated looks like this, so that a search finds it wherever it is. */
export const secretForm = /hush-[0-9a-f]{8}/;

/**
 * A thing that a program declares. Texts in it may have `«name»`, the id of an earlier thing, `«name.output»`, and
 * `§`, which stands for what makes the names of one run unlike those of others. Some values are marked as secrets.
 */
export interface Declaration {
    kind: Kind;
    name: string;
    inputs: Properties;
    /** The same thing after a change of the program; perhaps the same inputs. */
    next: Properties;
}

type Fields = Record<string, fc.Arbitrary<unknown>>;

const hex = fc.stringMatching(/^[0-9a-f]{8}$/);
const secret = hex.map((text) => makeSecret(`a hush-${text} z\n`));
const perhapsSecret = (value: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 3, arbitrary: value }, value.map(makeSecret));
const words = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replaceAll(/[\p{Cc}§«]/gu, ""));
const address = fc.constantFrom("192.0.2.1", "Origin.acme.example", "bücher.example");
const role = fc.constantFrom("readonly", "restrictions-editor", "state", "admin");
const lastDay = fc.constantFrom("2099-12-31", "2098-01-01");

const origin = fc.oneof(
    address,
    fc.record(
        {
            address: perhapsSecret(address),
            httpPort: fc.constantFrom(80, 8080),
            hostHeader: address,
            enableSni: fc.boolean(),
            keepaliveSeconds: fc.integer({ min: 1, max: 240 }),
            removeRequestHeaders: fc.uniqueArray(fc.constantFrom("x-a", "X-B", "cookie"), { minLength: 1 }),
        },
        { requiredKeys: ["address"] },
    ),
);

const file = fc.oneof(
    words.map((text) => `<p>${text}</p>\n`),
    secret,
    fc.base64String({ maxLength: 40 }).map((base64) => ({ base64 })),
);
const files = fc.record(
    {
        "varnish/default.vcl": fc.constantFrom("vcl 4.0;\n", "vcl 4.0;\n# another\n"),
        'varnish/ä "b].html': file,
        "custom_errors/404.html": file,
        "notes/a.b/c d.txt": file,
    },
    { requiredKeys: ["varnish/default.vcl"] },
);

/** What an environment may have in its branch. */
const content: Fields = {
    origin: perhapsSecret(origin),
    origins: fc.dictionary(fc.constantFrom("static", "API_2", "a-b"), origin, { maxKeys: 2 }),
    proxyChain: fc.constant([{ name: "varnish", image: "varnish:6.3.1" }]),
    ipBlacklist: perhapsSecret(fc.uniqueArray(fc.constantFrom("192.0.2.0/24", "198.51.100.7"), { maxLength: 2 })),
    config: fc.oneof({ weight: 4, arbitrary: files }, files.map(makeSecret)),
};

/** Of Production, whose origin its application declares. */
const { origin: _, ...withoutOrigin } = content;

/** Inputs, and the same after a change of some of the optional ones. */
function changing(always: Properties, optional: Fields, required: Fields = {}) {
    const others = () => fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
    const mask = fc.tuple(...Object.keys({ ...required, ...optional }).map(() => fc.boolean()));
    return fc.tuple(others(), others(), mask).map(([before, after, changes]) => {
        const next: Properties = { ...always, ...before };
        for (const [index, key] of Object.keys({ ...required, ...optional }).entries()) {
            if (!changes[index]) continue;
            if (key in after) next[key] = after[key as never];
            else delete next[key];
        }
        return { inputs: { ...always, ...before }, next };
    });
}

type Body = Pick<Declaration, "inputs" | "next">;

const hostname = (first: string) =>
    fc.constantFrom(`${first}-§.acme.example`, ` ${first.toUpperCase()}-§.Acme.Example. `, `${first}-ü-§.acme.example`);

function membership(name: string, organization: string): fc.Arbitrary<Declaration> {
    const email = fc.constantFrom(`${name}-§@agency.example`, `${name}.New-§@Agency.example`);
    return changing({ organization }, { until: lastDay }, { email, role }).map((body) => ({
        kind: "membership",
        name,
        ...body,
    }));
}

function team(name: string, organization: string): fc.Arbitrary<Declaration> {
    const member = fc.oneof(role, fc.record({ role, until: lastDay }));
    const others = fc.dictionary(fc.constantFrom("Ada-§@Agency.example", "bob-§@agency.example"), member);
    const members = others.map((each) => ({ [owner.email]: "admin", ...each }));
    return changing({ organization }, {}, { members }).map((body) => ({ kind: "team", name, ...body }));
}

function environment(
    name: string,
    always: Properties,
    required: Fields,
    optional: Fields = content,
): fc.Arbitrary<Declaration> {
    // files of their own are what these two are about
    const isPossible = ([key]: [string, unknown], { config }: Properties) =>
        config !== undefined || (key !== "ownership" && key !== "proxyChain");
    const possible = (inputs: Properties) =>
        Object.fromEntries(Object.entries(inputs).filter((each) => isPossible(each, inputs)));
    return changing(always, { ...optional, ownership: fc.constantFrom("managed", "complete") }, required).map(
        ({ inputs, next }) => ({
            kind: "environment",
            name,
            inputs: possible(inputs),
            next: possible({ ...pick(inputs, ["config"]), ...next }),
        }),
    );
}

/** The hostnames whose DNS has to lead to the platform of the run: something waits until they are live. */
export const liveForm = /^live-/;

function domain(name: string, application: string, certificate: Properties): fc.Arbitrary<Declaration> {
    const environment = `«${application}»/Production`;
    const named = (first: string) => fc.constantFrom(`${first}-§.acme.example`, `${first}-New-§.acme.example.`);
    const own = fc.constant({ ...certificate, privateKey: makeSecret(certificate.privateKey) });
    const issued = fc.constant("acme");
    const wait = fc.record({ timeoutSeconds: fc.integer({ min: 60, max: 900 }) }, { requiredKeys: [] });
    return fc
        .oneof(
            // what is not live cannot go from its own certificate to an issued one
            changing({ environment }, { certificate: own }, { hostname: named(name) }),
            changing({ environment }, { certificate: issued }, { hostname: named(name) }),
            changing(
                { environment },
                { certificate: fc.oneof(own, issued) },
                { hostname: named(`live-${name}`), waitForLive: wait },
            ),
        )
        .map((body) => ({ kind: "domain", name, ...body }));
}

/** A site: an application, its environments, and further hostnames of its Production. */
function site(name: string, organization: string, certificate: Properties): fc.Arbitrary<Declaration[]> {
    const application = changing({ organization }, { stack: fc.constant("varnish-6.3-basic") }, { origin: address });
    const main = fc.tuple(application, hostname(name)).map(
        ([{ inputs, next }, host]): Declaration => ({
            kind: "application",
            name,
            inputs: { ...inputs, hostname: host },
            next: { ...next, hostname: host },
        }),
    );
    const [staging, production] = [`${name}-staging`, `${name}-production`];
    const always = { application: `«${name}»` };
    const promoted: Body = { inputs: {}, next: {} };
    for (const key of ["inputs", "next"] as const)
        promoted[key] = { ...always, name: "Production", promote: `«${staging}.head»` };
    const environments = fc.tuple(
        environment(staging, { ...always, name: "Staging" }, { hostname: hostname(staging) }),
        fc.oneof(
            environment(production, { ...always, name: "Production" }, {}, withoutOrigin),
            fc.constant<Declaration>({ kind: "environment", name: production, ...promoted }),
        ),
    );
    const domains = fc.tuple(...[0, 1].map((index) => domain(`${name}-alias${index}`, name, certificate)));
    return fc.tuple(main, environments, domains).map(([first, second, third]) => {
        const { promote, proxyChain } = second[1].next;
        const { stack: _, ...next } = first.next;
        // who has its proxies from elsewhere cannot change them by a stack
        const isFree = promote === undefined && proxyChain === undefined;
        return [
            isFree ? first : { ...first, next: { ...next, ...pick(first.inputs, ["stack"]) } },
            ...second,
            ...third,
        ];
    });
}

function organization(name: string): fc.Arbitrary<Declaration> {
    return changing({}, {}, { name: words.map((text) => `${name} ${text} of run §`) }).map((body) => ({
        kind: "organization",
        name,
        ...body,
    }));
}

/** An organization and a site of it. Some platforms need the site to make the organization. */
function client(name: string, siteName: string, certificate: Properties): fc.Arbitrary<Declaration[]> {
    const more = fc.record({ origin: address, stack: fc.constant("varnish-6.3-basic") }, { requiredKeys: ["origin"] });
    const first = fc.option(fc.tuple(more, more), { nil: undefined });
    return fc
        .tuple(organization(name), site(siteName, `«${name}»`, certificate), first)
        .map(([owner, all, firstSite]) => {
            const { hostname: named } = (all[0] as Declaration).inputs;
            if (firstSite === undefined) return [owner, ...all];
            const [before, after] = firstSite.map((each) => ({ firstSite: { hostname: named, ...each } }));
            const inputs = { ...owner.inputs, ...before };
            return [{ ...owner, inputs, next: { ...owner.next, ...after } }, ...all];
        });
}

/**
 * Everything that an agency declares, each thing after those that it names: things of all six kinds.
 *
 * @param certificate of every hostname below acme.example
 */
export function estates(certificate: Properties): fc.Arbitrary<Declaration[]> {
    const people = fc.tuple(membership("jane", "«acme»"), membership("joe", "«acme»"));
    const other = fc.oneof(
        organization("other").map((each) => [each]),
        client("other", "shop", certificate),
    );
    return fc
        .tuple(client("acme", "www", certificate), people, other, team("staff", "«other»"))
        .map((all) => all.flat());
}
