import assert from "node:assert/strict";
import { gitEnvironment } from "../../../client/repository/git-environment";

describe("the environment of git", () => {
    it("sends the token to the endpoint only and takes little from the machine", () => {
        process.env.GIT_DIR = "/somewhere";
        try {
            const environment = gitEnvironment(
                "https://section.agency.example:8443/account/1/application/2/x.git",
                "secret",
                {
                    name: "Pia",
                    email: "pia@agency.example",
                },
            );
            const settings = Object.fromEntries(
                Array.from({ length: Number(environment.GIT_CONFIG_COUNT) }, (_, index) => [
                    environment[`GIT_CONFIG_KEY_${index}`],
                    environment[`GIT_CONFIG_VALUE_${index}`],
                ]),
            );
            assert.equal(
                settings["http.https://section.agency.example:8443/.extraHeader"],
                `Authorization: Basic ${Buffer.from("section-token:secret").toString("base64")}`,
            );
            assert.deepEqual(
                [
                    settings["user.name"],
                    settings["core.autocrlf"],
                    settings["commit.gpgSign"],
                    environment.GIT_DIR,
                    environment.GIT_TERMINAL_PROMPT,
                ],
                ["Pia", "false", "false", undefined, "0"],
            );
        } finally {
            delete process.env.GIT_DIR;
        }
    });
});
