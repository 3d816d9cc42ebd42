/** `{{name}}` of a configuration file, or `{{ '{{' }}`, with which a file has `{{` itself. */
export const placeholder = /\{\{\s*(?:[A-Za-z_][A-Za-z0-9_]*|"\{\{"|'\{\{')\s*\}\}/;

/** The name in a placeholder. Undefined for the one that means `{{`. */
export function nameIn(found: string): string | undefined {
    const inside = found.slice(2, -2).trim();
    return /^["']/.test(inside) ? undefined : inside;
}
