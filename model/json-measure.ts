/** The size of JSON as it takes time to parse and walk it. */
export interface JsonMeasure {
    /** Values of any kind, the document itself among them. A blank in an empty list counts as one. */
    values: number;
    /** Brackets that are open at once, at most. */
    depth: number;
}

const sign = { quote: 34, comma: 44, openList: 91, escape: 92, closeList: 93, openObject: 123, closeObject: 125 };

/** Measures a text before it is parsed, which costs far more. Of a text that is no JSON the result is a guess. */
export function measureJson(text: string): JsonMeasure {
    let isInText = false;
    let [values, depth, most] = [1, 0, 0];
    let opened = -1;
    for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (isInText) {
            if (code === sign.escape) at += 1;
            else if (code === sign.quote) isInText = false;
        } else if (code === sign.quote) isInText = true;
        else if (code === sign.comma) values += 1;
        else if (code === sign.openList || code === sign.openObject) {
            values += 1;
            depth += 1;
            if (depth > most) most = depth;
            opened = at;
        } else if (code === sign.closeList || code === sign.closeObject) {
            depth -= 1;
            if (opened === at - 1) values -= 1;
        }
    }
    return { values, depth: most };
}
