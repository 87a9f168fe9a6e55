import { readdirSync, readFileSync } from "node:fs";
import { contractFiles, contractsFolder } from "@pipeline/shared/build-contracts";
import { configSchema } from "@pipeline/shared/config";
import { EXIT } from "@pipeline/shared/errors";
import { CONTRACTS } from "@pipeline/shared/manifest";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "chai";

const read = (name: string): unknown => JSON.parse(readFileSync(`${contractsFolder}${name}`, "utf8"));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
  readonly additionalProperties?: boolean | Schema;
}

/** The schema itself and everything below it. */
function* schemasOf(schema: Schema, path = ""): Generator<[string, Schema]> {
  yield [path, schema];
  for (const [name, property] of Object.entries(schema.properties ?? {})) yield* schemasOf(property, `${path}/${name}`);
  if (schema.items) yield* schemasOf(schema.items, `${path}[]`);
  for (const option of schema.anyOf ?? []) yield* schemasOf(option, path);
}

function* propertiesOf(schema: Schema, path = ""): Generator<[string, Schema]> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield [`${path}/${name}`, property];
    yield* propertiesOf(property, `${path}/${name}`);
  }
  if (schema.items) yield* propertiesOf(schema.items, `${path}[]`);
  for (const option of schema.anyOf ?? []) yield* propertiesOf(option, path);
}

describe("shared/contracts", () => {
  for (const [name, content] of contractFiles())
    it(`${name} is what \`npm run contracts\` writes`, () => {
      expect(read(name)).to.deep.equal(JSON.parse(content));
    });

  for (const name of Object.keys(CONTRACTS)) {
    it(`${name} describes every property and closes every object`, () => {
      for (const [path, property] of propertiesOf(read(name) as Schema)) expect(property.description, path).to.be.a("string");
      for (const [path, schema] of schemasOf(read(name) as Schema))
        if (schema.properties) expect(schema.additionalProperties, path).to.equal(false);
    });
  }

  it("the exit codes are those that the code uses, name by name", () => {
    const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const codes = Object.entries(read("exit-codes.json") as Record<string, { code: number }>);
    expect(Object.fromEntries(codes.map(([name, { code }]) => [camelCase(name), code]))).to.deep.equal(EXIT);
  });

  it("the environment lists every identifier that a task reads", () => {
    const { identifiers } = read("environment.json") as Record<string, Record<string, string>>;
    expect(Object.keys(identifiers!)).to.include.members(Object.keys(configSchema.shape));
  });

  it("the environment names no secret among the identifiers", () => {
    const { identifiers, database } = read("environment.json") as Record<string, Record<string, string>>;
    for (const name of Object.keys(identifiers!)) expect(name).to.match(/^(PIPELINE|OPENLINEAGE)_[A-Z_]+$/);
    expect(Object.keys(database!)).to.have.members(["DATABASE_URL", "PGUSER", "PGPASSWORD"]);
  });
});

describe("the contracts' examples", () => {
  const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
  for (const kind of ["valid", "invalid"] as const)
    for (const file of readdirSync(`${contractsFolder}examples/${kind}`)) {
      const schema = `${file.split(".")[0]}.schema.json` as keyof typeof CONTRACTS;
      it(`${file} is ${kind} to the code and to the JSON Schema alike`, () => {
        const example = read(`examples/${kind}/${file}`);
        const byCode = CONTRACTS[schema].safeParse(example).success;
        const bySchema = ajv.validate(read(schema) as object, example);
        expect({ byCode, bySchema }).to.deep.equal({ byCode: kind === "valid", bySchema: kind === "valid" });
      });
    }
});
