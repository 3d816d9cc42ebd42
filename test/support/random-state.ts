import fc from "fast-check";
import { dnsRecordFor } from "section-model";
import { kindOfType, providerTextOf, type ResourceKind, resourceTypeOf } from "../../provider/run/resource-kind";

const stackUrn = "urn:pulumi:prod::agency::pulumi:pulumi:Stack::agency-prod";
const signature = "4dabf18193072939515e22adb298388d";
export const cipher = (text: string) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: text });
const reference = (urn: string, id: string) => ({
    [signature]: "5cf8f73096256a8f31e491e813e4eb8e",
    id,
    packageVersion: "",
    urn,
});

/** The config of a stack beside that of `section`. */
export const otherConfig = { "agency:region": "eu", "aws:token": cipher("v1:aws") };

type Recorded = Record<string, unknown> & { urn: string; type: string; id?: string; custom: boolean };

const sorted = (properties: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What a program and its operations do to a state, one after the other. */
type Deed =
    | { deed: "declare"; kind: ResourceKind; parent: number; from: number; provider: number; secret: boolean }
    | { deed: "look up"; kind: ResourceKind; provider: number }
    | { deed: "group"; parent: number; names: number }
    | { deed: "other"; isDynamic: boolean; parent: number; from: number; provider: number }
    | { deed: "provide"; isOurs: boolean; settings: boolean }
    | { deed: "replace"; of: number }
    | { deed: "rename"; of: number }
    | { deed: "fail"; of: number };

const any = fc.nat(1000);
const kinds = ["organization", "membership", "application", "environment", "domain", "team", "guard"] as const;
const kind = fc.constantFrom<ResourceKind>(...kinds);

/** A history of a stack whose resources are dynamic. */
export const history: fc.Arbitrary<Deed[]> = fc.array(
    fc.oneof(
        {
            weight: 6,
            arbitrary: fc.record({
                deed: fc.constant("declare" as const),
                kind,
                parent: any,
                from: any,
                provider: any,
                secret: fc.boolean(),
            }),
        },
        { weight: 1, arbitrary: fc.record({ deed: fc.constant("look up" as const), kind, provider: any }) },
        { weight: 2, arbitrary: fc.record({ deed: fc.constant("group" as const), parent: any, names: any }) },
        {
            weight: 2,
            arbitrary: fc.record({
                deed: fc.constant("other" as const),
                isDynamic: fc.boolean(),
                parent: any,
                from: any,
                provider: any,
            }),
        },
        {
            weight: 2,
            arbitrary: fc.record({
                deed: fc.constant("provide" as const),
                isOurs: fc.boolean(),
                settings: fc.boolean(),
            }),
        },
        { weight: 1, arbitrary: fc.record({ deed: fc.constant("replace" as const), of: any }) },
        { weight: 1, arbitrary: fc.record({ deed: fc.constant("rename" as const), of: any }) },
        { weight: 1, arbitrary: fc.record({ deed: fc.constant("fail" as const), of: any }) },
    ),
    { maxLength: 25 },
);

/** Some outputs of a kind, as its noun makes them; a secret, or those of another version, where `oddity` is 3. */
function outputsOf(kind: ResourceKind, hostname: string, oddity: number): Record<string, unknown> {
    const [cname, dns] = [`${hostname}.c.section.io`, sorted({ ...dnsRecordFor(hostname) })];
    const seen = { cname: oddity === 3 ? cipher("v1:cname") : cname, hostname };
    if (kind === "application") return seen;
    if (kind === "environment") return { head: "c0ffee", hostnames: [{ cname, engaged: false, hostname }, seen] };
    return kind === "domain" ? { ...seen, dns: oddity === 3 ? { ...dns, notes: ["as it was said before"] } : dns } : {};
}

/** Builds the state that a history leaves, as the engine writes it. */
class HistoryState {
    readonly #resources: Recorded[] = [];
    #standard: Recorded | undefined;

    constructor() {
        this.#resources.push({ urn: stackUrn, custom: false, type: "pulumi:pulumi:Stack" });
    }

    get resources(): Recorded[] {
        const exported = this.#resources.slice(1).filter((_, index) => index % 3 === 0);
        const outputs = exported.map((each, index): [string, unknown] => [
            `o${index}`,
            index % 2 === 0 ? each.urn : [reference(each.urn, each.id ?? "")],
        ]);
        const [stack, ...rest] = this.#resources as [Recorded, ...Recorded[]];
        return [{ ...stack, ...(outputs.length > 0 && { outputs: sorted(Object.fromEntries(outputs)) }) }, ...rest];
    }

    #add(resource: Recorded): Recorded {
        this.#resources.push(resource);
        return resource;
    }

    #name(what: string): string {
        return `${what}::${this.#resources.length}`;
    }

    #urn(type: string, name: string, parent = stackUrn): string {
        const above = parent === stackUrn ? "" : `${parent.split("::")[2]}$`;
        return `urn:pulumi:prod::agency::${above}${type}::${name}`;
    }

    /** Any resource of the program, the stack too. */
    #some(number: number): Recorded {
        const there = this.#resources.filter((each) => each.delete === undefined);
        return there[number % there.length] as Recorded;
    }

    #default(): Recorded {
        const inputs = sorted({
            "section:endpoint": "https://one.example",
            "section:token": cipher("v1:default"),
            ...otherConfig,
        });
        const type = "pulumi:providers:pulumi-nodejs";
        this.#standard ??= this.#add({
            urn: this.#urn(type, "default"),
            custom: true,
            id: "d-1",
            type,
            inputs,
            outputs: inputs,
        });
        return this.#standard;
    }

    #provider(number: number): string {
        const there = this.#resources.filter(
            ({ type, urn }) => type === "pulumi:providers:pulumi-nodejs" && !urn.endsWith("::default"),
        );
        const provider =
            number % 2 === 0 ? this.#default() : (there[number % Math.max(1, there.length)] ?? this.#default());
        return `${provider.urn}::${provider.id}`;
    }

    #declared(
        type: string,
        at: { parent: number; from: number; provider: number },
        own: Record<string, unknown>,
        made: Record<string, unknown>,
    ): Recorded {
        const provider = this.#provider(at.provider);
        const parent = this.#some(at.parent).urn;
        const from = this.#some(at.from).urn;
        return this.#add({
            urn: this.#urn(type, this.#name("x"), parent),
            custom: true,
            id: `7/${this.#resources.length}`,
            type,
            inputs: sorted(own),
            outputs: sorted({ ...own, ...made }),
            parent,
            dependencies: [from],
            provider,
            propertyDependencies: sorted({
                ...Object.fromEntries(Object.keys(own).map((key) => [key, []])),
                name: [from],
            }),
            ...(at.from % 3 === 0 && { deletedWith: from }),
            ...(at.from % 5 === 0 && { replaceWith: [from] }),
            created: "2026-11-25T04:04:05.289382594Z",
        });
    }

    take(deed: Deed): void {
        if (deed.deed === "declare") {
            const { kind, secret } = deed;
            const own = {
                __provider: providerTextOf(kind),
                name: secret ? cipher(`v1:${this.#resources.length}`) : "A & <B>",
            };
            const made = { __v: 1, __claim: "c", ...outputsOf(kind, `n${deed.from}.acme.example`, deed.provider % 4) };
            this.#declared(resourceTypeOf(kind), deed, own, made);
        } else if (deed.deed === "look up") {
            const type = resourceTypeOf(deed.kind);
            const inputs = { __provider: providerTextOf(deed.kind) };
            const provider = this.#provider(deed.provider);
            this.#add({
                urn: this.#urn(type, this.#name("seen")),
                custom: true,
                id: "9",
                type,
                inputs,
                outputs: { ...inputs, __v: 1 },
                parent: stackUrn,
                external: true,
                provider,
            });
        } else if (deed.deed === "group") {
            const parent = this.#some(deed.parent).urn;
            const { urn, id = "" } = this.#some(deed.names);
            this.#add({
                urn: this.#urn("section:index:Agency", this.#name("g"), parent),
                custom: false,
                type: "section:index:Agency",
                outputs: { of: urn, site: reference(urn, id) },
                parent,
            });
        } else if (deed.deed === "other") {
            const text = `exports.handler = () => "${resourceTypeOf("domain")}"`;
            const own: Record<string, unknown> = deed.isDynamic
                ? { __provider: text, name: this.#some(deed.from).urn }
                : { name: "n" };
            const made = this.#declared(
                deed.isDynamic ? "pulumi-nodejs:dynamic:Resource" : "aws:s3:Bucket",
                deed,
                own,
                {},
            );
            if (!deed.isDynamic) made.provider = "urn:pulumi:prod::agency::pulumi:providers:aws::default::a-1";
        } else if (deed.deed === "provide") {
            const type = "pulumi:providers:pulumi-nodejs";
            const prefix = deed.isOurs ? "section-provider:" : "other:";
            const inputs = deed.settings
                ? { [`${prefix}endpoint`]: "https://two.example", [`${prefix}token`]: cipher("v1:two") }
                : undefined;
            const name = this.#name("p");
            this.#add({
                urn: this.#urn(type, name),
                custom: true,
                id: `p-${name}`,
                type,
                ...(inputs && { inputs, outputs: inputs }),
                parent: stackUrn,
            });
        } else this.#touch(deed);
    }

    #touch({ deed, of }: { deed: "replace" | "rename" | "fail"; of: number }): void {
        const ours = this.#resources.filter(
            ({ type, ...each }) => kindOfType(type) !== undefined && each.delete === undefined,
        );
        const one = ours[of % Math.max(1, ours.length)];
        if (one === undefined) return;
        if (deed === "fail") one.initErrors = ["it waits for a deploy"];
        else if (deed === "rename")
            one.aliases = [one.urn.replace(/[^:]+$/, "former"), one.urn.replace("prod", "former")];
        else {
            const { urn, custom, id, type, ...rest } = one;
            this.#add({ urn, custom, delete: true, id, type, ...rest } as Recorded);
        }
    }
}

/** The state that a history leaves, as `pulumi stack export` prints it. */
export function stateAfter(deeds: readonly Deed[]): string {
    const state = new HistoryState();
    for (const deed of deeds) state.take(deed);
    const deployment = {
        manifest: { time: "2026-11-25T04:04:07.807248563Z", magic: "ab35", version: "v3.259.0" },
        secrets_providers: { type: "passphrase", state: { salt: "v1:x" } },
        resources: state.resources,
        metadata: {},
    };
    return `${JSON.stringify({ version: 3, deployment }, undefined, 4)}\n`;
}
