import { PGlite } from "@electric-sql/pglite";
import Fastify from "fastify";

// fastify and PGlite doing one row, and nothing else
async function main(): Promise<void> {
    const folder = process.argv[2];
    const pglite = await PGlite.create({ dataDir: folder });
    await pglite.exec(
        "create table things (id serial primary key, name text); insert into things (name) values ('x');",
    );
    const server = Fastify();
    server.get("/thing", async () => (await pglite.query("select * from things where id = $1", [1])).rows[0]);
    server.post(
        "/thing",
        async (request) =>
            (
                await pglite.query("update things set name = $1 where id = $2 returning *", [
                    (request.body as { name: string }).name,
                    1,
                ])
            ).rows[0],
    );
    console.log(`listening on ${await server.listen({ host: "127.0.0.1", port: 0 })}`);
}

void main();
