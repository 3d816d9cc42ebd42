import type { Finding } from "./consistency";

const repair = 'docs/operating.md, "Repair damage", says how';

/** What those who run the platform do about each kind of finding. */
export const findingRemedies: Readonly<Record<Finding["kind"], string>> = {
    "repository-missing": `Bring the repository back from a backup, or delete the application and make it again; ${repair}`,
    "branch-missing": "Push the branch again from a clone, or delete the environment and make it again",
    "repository-orphaned": "Move its folder away: no application needs it",
    "payload-missing": "Upload the code again",
    "effect-pending": "Start the platform: it finishes them; its log says why one cannot be finished",
    "object-damaged": `Move the named file away, and bring the objects back from a clone or a backup; ${repair}`,
    "object-missing": `Bring the objects back from a clone or a backup; ${repair}`,
    "reference-damaged": `Write the id of the last commit there, as a clone or a backup knows it; ${repair}`,
    "repository-foreign": "Remove the named file, or write there what a new repository has",
    "table-damaged": `Restore the newest backup into an empty folder; ${repair}`,
};
