// The lines that install packages from their archives, for each package manager.
import { createRequire } from "node:module";

/** What a project of its own names; the others are what these need. */
const direct = { "pulumi-section": "dependencies", "pulumi-section-cli": "devDependencies" };

/** From the build: `npm run pack` has one by now. */
const { sayShellLine } = createRequire(import.meta.url)("../cli/dist/terminal/shell-line.js");

/**
 * Package manager -> the lines to run in the project's folder. npm takes what packages need from the archives that
 * are named with them; pnpm and Yarn look into the registry unless package.json says otherwise.
 *
 * @param archives name of the package -> path of its archive, absolute or from the project's folder with `./`
 */
export function installLines(archives) {
    const all = Object.entries(archives);
    const entries = (fieldOf) =>
        all.flatMap(([name, file]) => (fieldOf(name) ? [`${fieldOf(name)}.${name}=file:${file}`] : []));
    const naming = (field) =>
        sayShellLine(["npm", "pkg", "set", ...entries((name) => direct[name]), ...entries(() => field)]);
    return {
        npm: [sayShellLine(["npm", "install", ...all.map(([, file]) => file)])],
        pnpm: [naming("pnpm.overrides"), "pnpm install"],
        yarn: [naming("resolutions"), "yarn install"],
    };
}
