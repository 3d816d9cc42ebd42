// The examples of a description, in every language: SDKs show that of their own.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../sources.mjs";

/** Language -> ending of its files. */
const languages = { typescript: "ts", python: "py", go: "go", yaml: "yaml" };

/** @param page the folder below examples/reference/ */
export function examplesOf(page) {
    const blocks = Object.entries(languages).flatMap(([language, ending]) => {
        const file = path.join(repository, "examples/reference", page, `smallest.${ending}`);
        return existsSync(file) ? [`\`\`\`${language}\n${readFileSync(file, "utf8").trimEnd()}\n\`\`\``] : [];
    });
    if (blocks.length === 0) return "";
    const example = `{{% example %}}\n${blocks.join("\n")}\n{{% /example %}}`;
    return `{{% examples %}}\n## Example Usage\n${example}\n{{% /examples %}}`;
}
