/** One of the two properties is needed. */
export interface GetOrganizationArgs {
    /** Such as `1335`. */
    id?: string;
    /** The exact name. If two organizations have it, an error lists their ids. */
    name?: string;
}

/** One of the two properties is needed. */
export interface GetApplicationArgs {
    /** Such as `1335/7171`. A split application can be found only by its id. */
    id?: string;
    /** The hostname that names the application, in any spelling. */
    hostname?: string;
}

/** Either `id` or both other properties are needed. */
export interface GetEnvironmentArgs {
    /** Such as `1335/7171/Staging`. */
    id?: string;
    /** The id of the application, or the hostname that names it. */
    application?: string;
    /** Such as `Staging`. Case matters. */
    name?: string;
}

/** One of the two properties is needed. */
export interface GetDomainArgs {
    /** Such as `1335/7171/Staging/www.acme.example`. */
    id?: string;
    /** In any spelling, attached to any environment. */
    hostname?: string;
}
