/** The files that a new proxy starts from. Keys and secrets in its files are placeholders for the site's own. */
export interface ProxyTemplate {
    label: string;
    description: string;
    /** The file that is the proxy's configuration, if it is a single file. */
    mainFile?: string;
    /** By path inside the proxy's folder, which cannot be empty. */
    files: Readonly<Record<string, string>>;
}
