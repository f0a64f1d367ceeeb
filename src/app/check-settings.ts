import type { ReadEnvironment } from '../config/environment.ts';
import { loadSettings } from '../config/load-settings.ts';
import { settingsSchema } from '../config/settings.ts';
import type { Settings } from '../config/settings.ts';
import { check, ill, well } from './check.ts';
import type { Check } from './check.ts';

/** Whether every variable that is set can be used. */
export function checkEnvironment({ problems }: ReadEnvironment): Promise<Check> {
  const mend = 'Correct the variables named; README.md lists them. Until then Paperboy does not start.';
  return check('environment', mend, () =>
    problems.length === 0
      ? well('every variable that is set can be used')
      : ill(problems.map(({ sentence }) => sentence).join('; '), mend),
  );
}

/** Whether the settings file can be used; where it cannot, other checks go on with the defaults. */
export async function checkSettings(path: string): Promise<{ readonly check: Check; readonly settings: Settings }> {
  let settings = settingsSchema.parse({});
  const mend = `Correct ${path}, or name another file in PAPERBOY_CONFIG.`;
  return {
    check: await check('settings', mend, () => {
      settings = loadSettings(path);
      return well(`${path} can be used`);
    }),
    settings,
  };
}
