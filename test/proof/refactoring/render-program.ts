import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { type Declared, listOf, type Program, production, titleOf } from "./declaration";

const filesOf = (note: string | undefined) => (note === undefined ? undefined : { "varnish/note.txt": note });

/** A client as `clientsFromYaml` would give it. */
function clientOf(program: Program, title: string): section.ClientArgs {
    const sites = listOf(program, "application").filter(({ organization }) => organization === title);
    const members = listOf(program, "membership").filter(({ organization }) => organization === title);
    return {
        name: title,
        key: program.listed[title],
        people: Object.fromEntries(members.map(({ email, role }) => [email, role])),
        sites: sites.map(({ hostname, origin }): section.SiteArgs => {
            const environments = listOf(program, "environment").filter(({ site }) => site === hostname);
            const live = environments.find(({ branch }) => branch === production);
            const staging = environments.find(({ branch }) => branch !== production);
            return {
                hostname,
                origin,
                aliases: listOf(program, "domain")
                    .filter(({ site }) => site === hostname)
                    .map((domain) => domain.hostname),
                config: ({ environment }) => {
                    return filesOf(environment === production ? live?.note : staging?.note);
                },
                ...(staging && { staging: { hostname: staging.hostname } }),
            };
        }),
    };
}

/** True when an `Agency` can declare all of a client. */
export function canBeListed(program: Program, title: string): boolean {
    const own = program.declared.filter((each) => titleOf(program, each) === title);
    return own.every((each) => each.kind !== "team" && (each.kind !== "domain" || each.branch === production));
}

/** The program as the engine runs it. */
export function renderProgram(program: Program): PulumiFn {
    return async () => {
        const components = new Map<string, pulumi.ComponentResource>();
        const optionsOf = ({ within }: Declared): pulumi.CustomResourceOptions => {
            if (within === undefined) return {};
            const known = components.get(within) ?? new pulumi.ComponentResource("agency:index:Client", within);
            components.set(within, known);
            return { parent: known };
        };
        const titles = Object.keys(program.listed);
        if (titles.length > 0)
            new section.Agency("agency", { clients: titles.map((title) => clientOf(program, title)) });
        const own = { declared: program.declared.filter((each) => !titles.includes(titleOf(program, each))) };
        const organizations = new Map<string, section.Organization>();
        for (const each of listOf(own, "organization"))
            organizations.set(each.title, new section.Organization(each.name, { name: each.title }, optionsOf(each)));
        const organizationOf = (title: string) => (organizations.get(title) as section.Organization).id;
        const sites = new Map<string, section.Application>();
        for (const each of listOf(own, "application")) {
            const { name, hostname, origin } = each;
            const args = { organization: organizationOf(each.organization), hostname, origin };
            sites.set(hostname, new section.Application(name, args, optionsOf(each)));
        }
        const siteOf = (hostname: string) => sites.get(hostname) as section.Application;
        const environments = new Map<string, section.Environment>();
        for (const each of listOf(own, "environment")) {
            const { name, site, branch, hostname, note } = each;
            const args = { application: siteOf(site).id, name: branch, hostname, config: filesOf(note) };
            environments.set(`${site} ${branch}`, new section.Environment(name, args, optionsOf(each)));
        }
        for (const each of listOf(own, "domain")) {
            const { name, site, branch, hostname } = each;
            const environment = environments.get(`${site} ${branch}`)?.id ?? siteOf(site).production;
            new section.Domain(name, { environment, hostname }, optionsOf(each));
        }
        for (const each of listOf(own, "membership")) {
            const { name, email, role } = each;
            const args = { organization: organizationOf(each.organization), email, role };
            new section.Membership(name, args, optionsOf(each));
        }
        for (const each of listOf(own, "team")) {
            const { name, members } = each;
            new section.Team(name, { organization: organizationOf(each.organization), members }, optionsOf(each));
        }
    };
}
