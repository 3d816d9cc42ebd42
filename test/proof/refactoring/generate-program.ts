import type { Choices } from "../../support/choices";
import { type Declared, listOf, type Program, production, type Role } from "./declaration";
import type { FreshNames } from "./fresh-names";

const mostResources = 12;
export const roles: readonly Role[] = ["admin", "state", "readonly"];
const origins = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];

export const pickOrigin = (choices: Choices) => choices.pick(...origins);

/** A new site with its environments and hostnames. */
export function generateSite(organization: string, choices: Choices, fresh: FreshNames): Declared[] {
    const site = fresh.hostname("www");
    const things: Declared[] = [
        { kind: "application", name: fresh.name("site"), organization, hostname: site, origin: pickOrigin(choices) },
    ];
    if (choices.below(6) === 0)
        things.push({ kind: "environment", name: fresh.name("live"), site, branch: production, note: fresh.note() });
    if (choices.below(2) === 0) things.push(generateStaging(site, choices, fresh));
    if (choices.below(2) === 0) things.push(generateAlias(site, production, fresh));
    return things;
}

export function generateStaging(site: string, choices: Choices, fresh: FreshNames): Declared {
    const hostname = fresh.hostname("staging");
    const note = choices.below(3) === 0 ? fresh.note() : undefined;
    return { kind: "environment", name: fresh.name("staging"), site, branch: "Staging", hostname, note };
}

export function generateAlias(site: string, branch: string, fresh: FreshNames): Declared {
    return { kind: "domain", name: fresh.name("alias"), site, branch, hostname: fresh.hostname("alias") };
}

export function generatePerson(organization: string, choices: Choices, fresh: FreshNames): Declared {
    const role = choices.pick(...roles);
    return { kind: "membership", name: fresh.name("person"), organization, email: fresh.email(), role };
}

function generatePeople(organization: string, choices: Choices, fresh: FreshNames): Declared[] {
    if (choices.below(3) > 0)
        return Array.from({ length: choices.below(3) }, () => generatePerson(organization, choices, fresh));
    const members = { [fresh.owner]: "admin" as const, [fresh.email()]: choices.pick(...roles) };
    return [{ kind: "team", name: fresh.name("team"), organization, members }];
}

/** An organization with people and sites. */
export function generateClient(choices: Choices, fresh: FreshNames): Declared[] {
    const title = fresh.title();
    const sites = Array.from({ length: choices.below(3) }, () => generateSite(title, choices, fresh));
    return [
        { kind: "organization", name: fresh.name("client"), title },
        ...generatePeople(title, choices, fresh),
        ...sites.flat(),
    ];
}

/** A random program of 2 to 12 resources, some of them in a component. */
export function generateProgram(choices: Choices, fresh: FreshNames): Program {
    const declared = [...generateClient(choices, fresh)];
    const title = listOf({ declared }, "organization")[0]?.title as string;
    if (declared.length < 2) declared.push(...generateSite(title, choices, fresh));
    if (choices.below(2) === 0) {
        const other = generateClient(choices, fresh);
        if (declared.length + other.length <= mostResources) declared.push(...other);
    }
    const component = choices.below(3) === 0 ? fresh.name("component") : undefined;
    return {
        declared: declared.map((each) =>
            component !== undefined && choices.below(2) === 0 ? { ...each, within: component } : each,
        ),
        listed: {},
    };
}
