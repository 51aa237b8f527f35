// Writes libs/event-store/src/codec/event-schemas.ts: a JSON Schema of every event type as it is stored, from the types of the domain and
// their comments, for people who read an audit bundle. Older versions that the file holds stay as they are. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const file = 'libs/event-store/src/codec/event-schemas.ts';
const head = `// Written by tools/event-schemas.mjs; run it after a change of an event, and never edit an older version.

/** JSON Schema of the data of each event, by wire type and version. */
export const eventSchemas: Readonly<Record<string, Readonly<Record<string, object>>>> = `;

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, '.');
const entry = 'libs/event-store/src/port.ts';
const program = ts.createProgram([entry, 'libs/event-store/src/codec/event-types.ts'], options);
const checker = program.getTypeChecker();

const exported = (path, name) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(path));
  return checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
};
const comment = (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
const documented = (schema, symbol) => {
  const description = comment(symbol);
  return description === '' ? schema : { description, ...schema };
};

const sealed = {
  description:
    'Personal: sealed with AES-256-GCM before it is stored. Key id, nonce and ciphertext; the wire type and field it was sealed for.',
  type: 'object',
  properties: {
    v: { const: 1 },
    ...Object.fromEntries(['kid', 'n', 'c', 't', 'f'].map((name) => [name, { type: 'string' }])),
  },
  required: ['v', 'kid', 'n', 'c', 't', 'f'],
};

function schemaOf(type) {
  if (type.aliasSymbol?.name === 'Sealed' || type.symbol?.name === 'Sealed') return sealed;
  if (type.isUnion()) return unionOf(type);
  if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' };
  if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
  if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0]) };
  if (type.getProperties().length > 0) return objectOf(type);
  throw new Error(`no schema for ${checker.typeToString(type)}`);
}

function unionOf(type) {
  const parts = type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined));
  const booleans = parts.filter((part) => part.flags & ts.TypeFlags.BooleanLiteral);
  const others = parts.filter((part) => booleans.length < 2 || !booleans.includes(part));
  const schemas = [...(booleans.length === 2 ? [{ type: 'boolean' }] : []), ...others.map(schemaOf)];
  if (schemas.every((schema) => 'const' in schema)) return { enum: schemas.map((schema) => schema.const) };
  return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
}

function objectOf(type, without = []) {
  const properties = type.getProperties().filter(({ name }) => !without.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map((property) => [
        property.name,
        documented(schemaOf(checker.getTypeOfSymbol(property)), property),
      ]),
    ),
    required: properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name),
  };
}

/** The version that is written now. */
function versionOf(wireType) {
  const table = checker.getTypeOfSymbol(exported('libs/event-store/src/codec/event-types.ts', 'eventTypes'));
  const entry = table.getProperty(wireType)?.valueDeclaration;
  if (entry === undefined) throw new Error(`${wireType} has no version`);
  const value = entry.initializer;
  if (!ts.isObjectLiteralExpression(value)) return 1;
  const version = value.properties.find((property) => property.name?.getText() === 'version');
  return Number(version.initializer.getText());
}

const written = ts.sys.fileExists(file) ? readFileSync(file, 'utf8') : `${head}{};\n`;
const known = JSON.parse(written.slice(written.indexOf(' = ') + 3).replace(/;\s*$/, ''));
const schemas = {};
for (const type of checker.getDeclaredTypeOfSymbol(exported(entry, 'DomainEvent')).types) {
  const wireType = checker.getTypeOfSymbol(type.getProperty('type')).value;
  // The type is stored beside the data.
  const schema = documented(objectOf(type, ['type']), type.symbol);
  const older = known[wireType] ?? {};
  schemas[wireType] = { ...older, [versionOf(wireType)]: schema };
}
const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = `${head}${JSON.stringify(sorted, null, 2)};\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (text !== written) {
  console.error(`${file} is not what the events are: run node tools/event-schemas.mjs`);
  process.exitCode = 1;
}
