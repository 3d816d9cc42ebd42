import assert from "node:assert/strict";
import fc from "fast-check";
import { html } from "../../display/html";
import { readMarkup } from "../support/markup";

describe("markup", () => {
    it("escapes what is put in, joins lists, leaves nothing out but nothing", () => {
        assert.equal(
            html`<p>${'<b>&"'}${1}${undefined}${false}${["a", html`<i>${"<"}</i>`]}${0}${""}</p>`.text,
            "<p>&lt;b&gt;&amp;&quot;1a<i>&lt;</i>0</p>",
        );
        assert.equal(html`<a title="${"it's"}"></a>`.text, '<a title="it&#39;s"></a>');
    });

    it("text is text, whatever it is: no input makes a tag or an attribute, and all of it can be read back", async () => {
        const text = fc.oneof(
            fc.string({ unit: "grapheme" }),
            fc.string({ unit: "binary" }),
            fc
                .array(
                    fc.constantFrom(
                        "<",
                        ">",
                        '"',
                        "'",
                        "&",
                        "/",
                        "=",
                        "`",
                        "script",
                        " ",
                        "onload",
                        "<!--",
                        "-->",
                        "&lt;",
                        "]]>",
                        "\0",
                        "\u2028",
                    ),
                )
                .map((parts) => parts.join("")),
        );
        await fc.assert(
            fc.asyncProperty(text, async (input) => {
                const { shape, texts, errors } = await readMarkup(
                    html`<p title="${input}" class="x">${input}</p>`.text,
                );
                assert.deepEqual(shape, ["p[class,title]"]);
                assert.deepEqual(
                    errors.filter((code) => !/control-character|noncharacter|surrogate/.test(code)),
                    [],
                );
                const expected = Buffer.from(input.replaceAll("\0", "\ufffd")).toString(); // as it travels
                assert.equal(texts[0], expected.replaceAll(/\r\n?/g, "\n"));
                assert.equal(texts.slice(1).join(""), texts[0]);
            }),
            { numRuns: 500 },
        );
    });
});
