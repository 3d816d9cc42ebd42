import assert from "node:assert/strict";
import { formatSectionConfig, parseSectionConfig } from "section-model";
import { adoptConfig } from "../../../platform/catalogue/cloned-content";

const template = {
    proxychain: [{ name: "varnish", image: "varnish:6.3.1" }],
    extra: { kept: true },
    environments: {
        Production: {
            origin: {
                address: "tpl.example.net",
                host_header: "www.tpl.example",
                tls_name: "tpl.example.net",
                keepalive_seconds: 5,
            },
            alternate_origins: { static: { address: "tpl.example.net", host_header: "www.tpl.example" } },
            ip_blacklist: ["192.0.2.1"],
        },
        Development: { origin: { address: "tpl.example.net" } },
        Staging: { origin: { address: "staging.example.net" } },
        Odd: {},
    },
};

function adopted(address: string | undefined) {
    const config = parseSectionConfig(formatSectionConfig(template as never));
    adoptConfig(config, "www.tpl.example", "www.new.example", address);
    return config;
}

describe("the configuration of a clone", () => {
    it("has the new address, says its own names, and keeps everything else but other environments", () => {
        assert.deepEqual(adopted("192.0.2.5"), {
            ...template,
            environments: {
                Production: {
                    ...template.environments.Production,
                    origin: {
                        address: "192.0.2.5",
                        host_header: "www.new.example",
                        tls_name: "192.0.2.5",
                        keepalive_seconds: 5,
                    },
                },
                Development: { origin: { address: "192.0.2.5" } },
            },
        });
    });

    it("keeps the address when none is named", () => {
        const { origin } = adopted(undefined).environments.Production ?? {};
        assert.deepEqual(origin, { ...template.environments.Production.origin, host_header: "www.new.example" });
    });
});
