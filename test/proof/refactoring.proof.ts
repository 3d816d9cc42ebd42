import { openHere } from "./refactoring/open-actor";
import { proveSequences } from "./refactoring/prove-sequences";

describe("programs that are edited", () => {
    it("lose nothing that they declare, and touch nothing of another's", () =>
        proveSequences(300, (name, _label, environment) => openHere(name, environment)));
});
