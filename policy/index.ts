export type { Known } from "./known";
export { sectionPolicies } from "./policies";
export type { SectionPolicy } from "./rule";
export {
    type AnySectionResource,
    forSection,
    type SectionInputs,
    type SectionKind,
    type SectionResource,
    type StackSectionResource,
    sectionKindOf,
    sectionResourcesOf,
} from "./section-resource";
