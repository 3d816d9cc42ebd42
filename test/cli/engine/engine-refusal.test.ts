import assert from "node:assert/strict";
import { engineRefusal } from "../../../cli/engine/engine-refusal";
import { withoutErrorMark } from "../../../cli/terminal/error-mark";

describe("a refusal of the engine", () => {
    const answer = { code: 255, stdout: "", stderr: "error: no stack selected\nerror: twice\n" };

    it("is said in the engine's words, without the mark that they begin with", () => {
        const { message, remedy } = engineRefusal("the state cannot be read", answer);
        assert.match(message, /^the state cannot be read: no stack selected\nerror: twice/);
        assert.match(remedy ?? "", /^Run this command in the folder of the program/);
        assert.equal(engineRefusal("x", answer, "Do that").remedy, "Do that");
    });

    it("says how to give the passphrase, and where states are, whatever was asked", () => {
        const said = (stderr: string) => engineRefusal("x", { ...answer, stderr }, "Do that").remedy;
        assert.equal(
            said(
                "error: getting secrets manager: incorrect passphrase, please set PULUMI_CONFIG_PASSPHRASE to the correct",
            ),
            "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, to the passphrase with which this stack was made",
        );
        assert.match(
            said("error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions"),
            /^Log in to the backend with pulumi login/,
        );
    });

    it("keeps words that begin otherwise", () => {
        assert.equal(withoutErrorMark(" an error: no\n"), "an error: no");
    });
});
