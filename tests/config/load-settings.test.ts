import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { settingsJsonSchema, settingsSchema } from '../../src/config/settings.ts';

const shipped = 'config/paperboy.yaml';

function settingsFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'paperboy-settings-')), 'paperboy.yaml');
  writeFileSync(path, text);
  return path;
}

/** The message of what `action` throws. */
function complaint(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was thrown');
}

describe('loadSettings', () => {
  it('reads the shipped file, which says what the defaults are', () => {
    expect(loadSettings(shipped)).toEqual(settingsSchema.parse({}));
  });

  it('fills what a file leaves out with defaults', () => {
    const settings = loadSettings(settingsFile('arxiv: { listings: [math.CO] }'));
    expect(settings.arxiv.listings).toEqual(['math.CO']);
    expect(settings.arxiv.pollMinutes).toBe(10);
    expect(loadSettings(settingsFile('# nothing')).delivery.parallelChannels).toBe(16);
  });

  it('refuses all bad values at once, each with file, line, key, what was found and what is allowed', () => {
    const path = settingsFile(
      'arxiv:\n  listings: [cs.DC, CS]\n  pollMinutes: 1\nposting:\n  zone: Amerika/New_York\n  maxPaper: 3\n',
    );
    expect(complaint(() => loadSettings(path)).split('\n')).toEqual([
      `settings: 4 problems in ${path}`,
      `  ${path}:2 arxiv.listings.1: found "CS"; expected an archive or category as arXiv lists it, such as cs.DC`,
      `  ${path}:3 arxiv.pollMinutes: found 1; expected number to be >=5`,
      `  ${path}:5 posting.zone: found "Amerika/New_York"; expected an IANA time zone such as Europe/Berlin`,
      `  ${path}:6 posting.maxPaper: there is no such setting; known here: zone, maxPapers`,
    ]);
  });

  it('says where a file stops being YAML', () => {
    const path = settingsFile('arxiv:\n  listings: [cs.DC\n');
    expect(complaint(() => loadSettings(path))).toMatch(new RegExp(`^${path}:\\d+:\\d+ is not YAML: `));
  });

  it('says what to do where there is no file', () => {
    expect(complaint(() => loadSettings('/nowhere/paperboy.yaml'))).toContain('set PAPERBOY_CONFIG to its path');
  });
});

describe('config/paperboy.yaml', () => {
  const text = readFileSync(shipped, 'utf8');

  it('has every setting, each with a comment above it', () => {
    const lines = text.split('\n');
    for (const [section, settings] of Object.entries(settingsSchema.parse({}))) {
      for (const key of [section, ...Object.keys(settings)]) {
        const at = lines.findIndex((line) => line.trim().startsWith(`${key}:`));
        expect(at, key).toBeGreaterThan(0);
        expect(lines[at - 1]?.trim(), key).toMatch(/^# \w/);
      }
    }
  });

  it('has a JSON schema for editors that is up to date: npm run schema', () => {
    expect(readFileSync('config/paperboy.schema.json', 'utf8')).toBe(settingsJsonSchema());
  });
});
