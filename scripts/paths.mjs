// Checks that the pages for contributors name paths that exist.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { report, repository } from "./sources.mjs";

const pages = ["CONTRIBUTING.md", "README.md", "docs/architecture.md"];
const tops =
    "model|display|client|provider|cli|platform|policy|examples|templates|test|bench|tools|scripts|deploy|docs";
/** A path in code marks; one with a placeholder or a wildcard is none. */
const named = new RegExp(`\`((?:${tops})/[\\w./-]*)\``, "g");

const wrong = pages.flatMap((page) =>
    [...readFileSync(path.join(repository, page), "utf8").matchAll(named)]
        .map(([, place]) => place)
        .filter((place) => !existsSync(path.join(repository, place)))
        .map((place) => `${page} names ${place}, which is not there`),
);
report("paths", wrong);
