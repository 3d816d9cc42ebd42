// Writes the parts of the documentation that are made from code: pages below docs/, the JSON Schema of client lists,
// the schema of the plugin, and the files that pages show.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { listReferencePages } from "./reference/pages.mjs";
import { tableOfSettings } from "./reference/stack-settings.mjs";
import { packageSchema } from "./schema/package-schema.mjs";
import { showFiles } from "./shown-files.mjs";
import { repository } from "./sources.mjs";

const load = createRequire(path.join(repository, "platform/"));
const by = "<!-- made by `npm run docs`; change the code instead -->";

function errorsPage() {
    const { problems } = load("section-model");
    const rows = Object.entries(problems).map(
        ([code, { status, title, remedy }]) => `| \`${code}\` | ${status || "client"} | ${title} | ${remedy} |`,
    );
    return `# Errors\n\n${by}\n\nEvery expected failure has one of these codes. The status *client* marks those that no answer of the platform has: the\nprovider or a command finds them itself. If extensions are on, the platform answers \`{"message", "code"}\`. The header \`Aperture-Tx-Id\` has the\nid of the request.\n\n| code | status | what | remedy |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

function apiPage() {
    const { allRoutes } = load("./dist/http/routes.js");
    const whoOf = (access) => (typeof access === "string" ? access : access.join(", "));
    const rows = allRoutes.map(({ operation, method, root = "", path: at, summary, access, extension, failures }) => {
        const shown = (root + at).replaceAll(/:(\w+)/g, "{$1}");
        return `| \`${method} ${shown}\` | ${summary} | ${whoOf(access)} | ${extension ? `\`${extension}\`` : operation} | ${failures.map((code) => `\`${code}\``).join(" ")} |`;
    });
    return `# The API\n\n${by}\n\nThe routes are below \`/api/v1\`, except those that begin with \`/public\`. An *account* is an organization.\n\n- *who* may call the route: \`anonymous\` is everybody, \`user\` everybody who is signed in, \`verified\` a user whose e-mail address is verified, \`member\`\n  every member of the account. Other words are [roles](roles.md). A token of scope \`read\` may only GET.\n- *from*: the operation of v1, or the extension ([differences.md](differences.md#extensions)).\n- *further problems*: every route can also answer 400, 401, 403 and 404 ([errors.md](errors.md)).\n\n| route | what | who | from | further problems |\n|---|---|---|---|---|\n${rows.join("\n")}\n`;
}

const ofStack = `## Of a stack

A setting can stand in three places. The first place that has it counts:

1. an argument of an explicit [\`section.Provider\`](reference/provider.md), for the resources that use it;
2. the environment variable, for one command;
3. the stack config, \`pulumi config set section:NAME VALUE\`, for everybody who works with the stack.

Only the stack config has \`section:plugin\`: with \`true\` a TypeScript program uses the [plugin](languages.md#typescript).
`;

const ofPlatform = `## Of the platform

The command \`section-platform\` reads flags and environment variables (flags come first), and \`startPlatform()\` takes options. Lists are
separated by commas. An empty variable counts as unset. A variable that begins with \`SECTION_PLATFORM_\` and is not in this table is refused.
`;

function settingsPage() {
    const { settings } = load("./dist/options.js");
    const rows = settings.map(({ name, variable, flag, defaultValue, description }) => {
        const shown = defaultValue === undefined ? "" : `\`${defaultValue}\``;
        return `| \`${variable}\` | ${flag ? `\`${flag}\`` : ""} | \`${name}\` | ${shown} | ${description} |`;
    });
    const head = "| variable | flag | option | default | what |\n|---|---|---|---|---|";
    return `# Settings\n\n${by}\n\n${ofStack}\n${tableOfSettings()}\n\n${ofPlatform}\n${head}\n${rows.join("\n")}\n`;
}

/** The page of both commands, with tables of their subcommands and options. */
function commandPage() {
    const leavesOf = ({ commands }, path = "") =>
        commands.flatMap((command) => {
            const below = [path, command.name()].filter(Boolean).join(" ");
            return command.commands.length > 0 ? leavesOf(command, below) : [{ below, command }];
        });
    const tableOf = (program) => {
        const purposeOf = (below) =>
            program.commands
                .find((command) => command.name() === below.split(" ")[0])
                .helpGroup()
                .replace(":", "");
        const rows = leavesOf(program).map(
            ({ below, command }) =>
                `| ${purposeOf(below)} | \`${program.name()} ${below}\` | ${command.description()} |`,
        );
        return `\n${by}\n\n| to | command | what |\n|---|---|---|\n${rows.join("\n")}\n`;
    };
    const tables = [load("../cli/dist/main.js").makeProgram(), load("./dist/main.js").makeProgram()].map(tableOf);
    const page = readFileSync(path.join(repository, "docs/command.md"), "utf8");
    return page.replaceAll(/(?<=<!-- begin commands -->\n).*?(?=\n<!-- end commands -->)/gs, () => tables.shift());
}

function clientListSchema() {
    return `${JSON.stringify(load("../provider/dist/agency/client-list-schema.js").clientListJsonSchema(), undefined, 4)}\n`;
}

const schemaText = () => `${JSON.stringify(packageSchema(), undefined, 4)}\n`;

/** Every file that is made from the code. */
export const pages = {
    "docs/errors.md": errorsPage,
    "docs/api.md": apiPage,
    "docs/settings.md": settingsPage,
    "docs/command.md": commandPage,
    "provider/schema/clients.schema.json": clientListSchema,
    "plugin/schema.json": schemaText,
    ...listReferencePages(),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    for (const [name, make] of Object.entries(pages)) writeFileSync(path.join(repository, name), make());
    showFiles();
}
