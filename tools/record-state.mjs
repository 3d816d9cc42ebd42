// `node tools/record-state.mjs VERSION`: keeps the state that test/fixtures/states/VERSION/program.ts leaves, for every
// later version to open. Run it once per release, before further changes.
import "tsx/cjs";
import { createRequire } from "node:module";
import path from "node:path";
import { giveUp, repository, setUp } from "./setup.mjs";

const [version] = process.argv.slice(2);
if (version === undefined)
    giveUp("name the version, as the folder below test/fixtures/states that holds its program.ts");
setUp();
const { recordState } = createRequire(import.meta.url)(path.join(repository, "test/support/recorded-state.ts"));
const failure = await recordState(version).catch((error) => error);
console.log(failure ?? `recorded test/fixtures/states/${version}`);
process.exit(failure === undefined ? 0 : 1); // the engine's channels stay open
