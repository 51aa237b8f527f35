import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documents, manifestText } from './documents.js';

/** Writes the list of trusted documents, which a service can be told to keep to. */
const file = join('apps', 'coordination-service', 'trusted-documents.json');
await writeFile(join(process.cwd(), file), manifestText(documents));
console.log(`wrote ${file}: ${documents.length} documents`);
