import { applicationNoun } from "./application/application";
import { domainNoun } from "./domain/domain";
import { environmentNoun } from "./environment/environment";
import { membershipNoun } from "./membership/membership";
import type { Noun } from "./noun";
import { organizationNoun } from "./organization/organization";
import { teamNoun } from "./team/team";

/** Every noun by the name under which `pulumi-section/dynamic` exports its lifecycle. */
export const nouns: Readonly<Record<string, Noun<never, never>>> = {
    organization: organizationNoun as unknown as Noun<never, never>,
    membership: membershipNoun as unknown as Noun<never, never>,
    application: applicationNoun as unknown as Noun<never, never>,
    environment: environmentNoun as unknown as Noun<never, never>,
    domain: domainNoun as unknown as Noun<never, never>,
    team: teamNoun as unknown as Noun<never, never>,
};
