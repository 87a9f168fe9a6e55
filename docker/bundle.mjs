/**
 * The compiled programs to one file or few per program, which starts twice as fast as some hundreds that are looked up one by one.
 *   node docker/bundle.mjs   (after `npm run build`; writes tasks/<task>/bundle)
 * The files that a bundle is made of stay where they are: the code version, licences and data are read from them, and errors name them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const PROGRAMS = ["main.js", "migrate.js"];
/** What TypeORM asks for when a database of another kind, or a faster driver than pg, is wanted: not installed, so never found. */
const OTHER_DRIVERS = [
  "@google-cloud/spanner",
  "@sap/hana-client",
  "@sap/hana-client/extension/Stream",
  "better-sqlite3",
  "expo-sqlite",
  "ioredis",
  "mongodb",
  "mssql",
  "mysql",
  "mysql2",
  "oracledb",
  "pg-native",
  "pg-query-stream",
  "react-native-sqlite-storage",
  "redis",
  "sql.js",
  "typeorm-aurora-data-api-driver",
];

/** What our own modules ask of their place stays that of the compiled file, beside which tables and recipes lie. */
const ownPlaces = {
  name: "own-places",
  setup({ onLoad }) {
    onLoad({ filter: /[/](shared|tasks[/][^/]+)[/]dist[/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path))),
    }));
  },
};

/** The source maps of libraries lead to files that they do not ship. */
const shippedPlaces = {
  name: "shipped-places",
  setup({ onLoad }) {
    onLoad({ filter: /[/]node_modules[/].*\.[cm]?js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/^\/\/# sourceMappingURL=.*$/gm, ""),
    }));
  },
};

/** Libraries of the older module system ask for others by `require`, which a module lacks; any name that it imports may be taken. */
const REQUIRE = 'const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);';

async function bundle(task) {
  const compiled = `${root}tasks/${task}/dist/`;
  await build({
    entryPoints: readdirSync(compiled)
      .filter((name) => PROGRAMS.includes(name))
      .map((name) => compiled + name),
    outdir: `${root}tasks/${task}/bundle`,
    bundle: true,
    splitting: true, // what is imported when it is needed is read when it is needed
    format: "esm",
    platform: "node",
    target: "node24",
    sourcemap: true,
    sourcesContent: false,
    external: OTHER_DRIVERS,
    plugins: [ownPlaces, shippedPlaces],
    banner: { js: REQUIRE },
    logLevel: "warning",
  });
}

for (const task of readdirSync(`${root}tasks`)) await bundle(task);
