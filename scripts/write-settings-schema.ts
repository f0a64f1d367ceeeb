/** Writes config/paperboy.schema.json, with which editors complete and check config/paperboy.yaml: `npm run schema`. */
import { writeFileSync } from 'node:fs';
import { settingsJsonSchema } from '../src/config/settings.ts';

writeFileSync(new URL('../config/paperboy.schema.json', import.meta.url), settingsJsonSchema());
