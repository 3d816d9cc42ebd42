/** The anchor of a heading, as GitHub makes it; the docs site makes the same, so that links work in both. */
export function slugOf(heading) {
    return heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(/\s/g, "-");
}
