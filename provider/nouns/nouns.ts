import { applicationNoun } from "./application/application";
import { domainNoun } from "./domain/domain";
import { environmentNoun } from "./environment/environment";
import { membershipNoun } from "./membership/membership";
import type { AnyNoun } from "./noun";
import { organizationNoun } from "./organization/organization";
import { teamNoun } from "./team/team";

/** Every noun by the name under which `pulumi-section/dynamic` exports its lifecycle. */
export const nouns: Readonly<Record<string, AnyNoun>> = {
    organization: organizationNoun as unknown as AnyNoun,
    membership: membershipNoun as unknown as AnyNoun,
    application: applicationNoun as unknown as AnyNoun,
    environment: environmentNoun as unknown as AnyNoun,
    domain: domainNoun as unknown as AnyNoun,
    team: teamNoun as unknown as AnyNoun,
};
