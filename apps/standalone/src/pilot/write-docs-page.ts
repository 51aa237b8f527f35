import { writeFile } from 'node:fs/promises';
import { renderPilotPage } from './docs-page.js';
import { pilotPlan } from './plan.js';
import { recount } from './recount.js';

await writeFile('docs/pilot-figures.md', renderPilotPage(recount(pilotPlan())));
console.log('docs/pilot-figures.md written');
