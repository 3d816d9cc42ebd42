// Runs in the browser: shows the description of the API, and tries operations out on the platform that the page came
// from.
(async () => {
    const description = await (await fetch("/api/v1/swagger.json")).json();
    globalThis.SwaggerUIBundle({
        dom_id: "#api",
        spec: { ...description, host: location.host, schemes: [location.protocol.slice(0, -1)] },
        deepLinking: true,
        defaultModelsExpandDepth: 0,
        validatorUrl: null,
        // with credentials of its own a browser answers 401 by asking for a password itself, over the page
        requestInterceptor: (request) => ({ ...request, credentials: "omit" }),
    });
})();
