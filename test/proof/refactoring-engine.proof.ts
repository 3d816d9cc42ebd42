import path from "node:path";
import { withFolder } from "../support/platform";
import { openOnEngine } from "./refactoring/open-actor";
import { proveSequences } from "./refactoring/prove-sequences";

describe("programs that are edited on the engine itself", () => {
    it("lose nothing", () =>
        withFolder((folder) =>
            proveSequences(40, (name, label, environment) => openOnEngine(name, path.join(folder, label), environment)),
        ));
});
