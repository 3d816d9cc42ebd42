import type { Properties } from "pulumi-section/internal";
import { hasUnknown } from "pulumi-section/internal";
import type { Preview, PreviewStep } from "../engine/preview";

/** The client, site and environment of a resource. Keys are stable within one preview; names are for people. */
export interface Owner {
    client: { key: string; name: string };
    /** Of applications, environments and domains. `name` is the hostname that names the site. */
    site?: { key: string; name: string };
    /** Of environments and domains: `Production` for the first one of a site. */
    environment?: string;
}

const production = "Production";
const knownText = (value: unknown) => (typeof value === "string" && !hasUnknown(value) ? value : undefined);
const inputsOf = ({ news, olds }: PreviewStep): Properties => news ?? olds ?? {};

class Owners {
    readonly #byUrn: ReadonlyMap<string, PreviewStep>;
    readonly #byId: ReadonlyMap<string, PreviewStep>;

    constructor({ steps }: Preview) {
        this.#byUrn = new Map(steps.map((step) => [step.urn, step]));
        this.#byId = new Map(
            steps.flatMap((step) => (step.id === undefined ? [] : [[`${step.kind} ${step.id}`, step]])),
        );
    }

    /** Follows an input: by the id where it is known, else by the resource that will give it. */
    #followed(step: PreviewStep, property: string, kinds: readonly string[]): { step?: PreviewStep; id?: string } {
        const id = knownText(inputsOf(step)[property]);
        const sources = (step.from[property] ?? []).flatMap((urn) => this.#byUrn.get(urn) ?? []);
        const byId = kinds.flatMap((kind) => (id === undefined ? [] : (this.#byId.get(`${kind} ${id}`) ?? [])))[0];
        return { step: byId ?? sources.find(({ kind }) => kinds.includes(kind)), id };
    }

    #client(step: PreviewStep): Owner["client"] {
        if (step.kind === "organization")
            return { key: step.id ?? step.urn, name: knownText(inputsOf(step).name) ?? step.name };
        const found = this.#followed(step, "organization", ["organization"]);
        if (found.step !== undefined) return this.#client(found.step);
        return this.#clientById(found.id);
    }

    #clientById(id = ""): Owner["client"] {
        const organization = id.split("/")[0] as string;
        const declared = this.#byId.get(`organization ${organization}`);
        if (declared !== undefined) return this.#client(declared);
        return { key: organization, name: organization === "" ? "not known yet" : `organization ${organization}` };
    }

    #site(step: PreviewStep): Owner {
        if (step.kind === "application") {
            const { hostname, pathPrefix } = inputsOf(step);
            const name = [
                knownText(hostname) ?? step.name,
                pathPrefix === "/" ? "" : (knownText(pathPrefix) ?? ""),
            ].join("");
            return { client: this.#client(step), site: { key: step.id ?? step.urn, name } };
        }
        const found = this.#followed(step, step.kind === "domain" ? "environment" : "application", [
            "environment",
            "application",
        ]);
        if (found.step !== undefined) return { environment: production, ...this.of(found.step) };
        const [organization = "", application] = (found.id ?? "").split("/");
        const id = `${organization}/${application}`;
        const declared = this.#byId.get(`application ${id}`);
        if (declared !== undefined) return this.#site(declared);
        return {
            client: this.#clientById(organization),
            ...(application !== undefined && { site: { key: id, name: `application ${id}` } }),
        };
    }

    of(step: PreviewStep): Owner {
        if (step.kind === "organization" || step.kind === "membership" || step.kind === "team")
            return { client: this.#client(step) };
        if (step.kind === "application") return this.#site(step);
        const owner = this.#site(step);
        if (step.kind === "environment") return { ...owner, environment: knownText(inputsOf(step).name) ?? step.name };
        const id = knownText(inputsOf(step).environment);
        return { ...owner, environment: id?.split("/")[2] ?? owner.environment ?? production };
    }
}

/**
 * Finds the owner of each resource of a preview: by ids, or by the program's references for new resources. Names of
 * unchanged clients and sites need a preview with `--show-sames`.
 */
export function findOwners(preview: Preview): (step: PreviewStep) => Owner {
    const owners = new Owners(preview);
    return (step) => owners.of(step);
}
