import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemaDrift } from './schema-drift.js';
import { buildSchema, schemaText } from './schema.js';

/** Writes the schema to `schema.graphql`, or with `--check` says how the committed one differs and fails. */
const file = join(process.cwd(), 'apps', 'coordination-service', 'schema.graphql');
const current = schemaText(await buildSchema());

if (process.argv.includes('--check')) {
  const drift = schemaDrift(await readFile(file, 'utf8'), current);
  if (drift.length > 0) {
    console.error(
      [
        'schema.graphql is not what the code says:',
        ...drift,
        'Run `npm run schema` and commit the result.',
      ].join('\n'),
    );
    process.exitCode = 1;
  } else console.log('schema.graphql is what the code says');
} else {
  await writeFile(file, current);
  console.log('wrote apps/coordination-service/schema.graphql');
}
