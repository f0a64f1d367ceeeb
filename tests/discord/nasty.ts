import * as fc from 'fast-check';
import { announcementKinds } from '../../src/domain/paper.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { paperFields } from '../../src/domain/match.ts';
import type { ShownPaper } from '../../src/discord/embed-paper.ts';
import type { MessageBody } from '../../src/discord/embed-paper.ts';
import { decodeCustomId } from '../../src/discord/custom-id.ts';

/** Papers as somebody who means ill, or a broken source, would write them; and Discord's rules to hold their messages against. */

const marks = [
  '**',
  '__',
  '~~',
  '||',
  '`',
  '```',
  '[a](http://b.c)',
  '@everyone',
  '<@1>',
  '# ',
  '> ',
  '\n- ',
  '1. ',
  ':x:',
  '\\',
  '$',
  '$x^2$',
];
const texts = [
  ...marks,
  ' ',
  '\n\n',
  '. ',
  'word',
  'Ångström',
  '𝒪',
  '👩‍🔬',
  'e\u0301\u0301',
  '\u202E',
  '\u0000',
  '\uD800',
  '\uE000',
  'https://a.b/c_d_e',
  '{',
  '}',
  ']',
  '[',
];

const nastyText = (maxLength: number) =>
  fc.oneof(
    fc.array(fc.constantFrom(...texts), { maxLength }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength }),
    fc.constantFrom(
      '',
      ' ',
      '*'.repeat(maxLength * 4),
      '_'.repeat(maxLength),
      '`'.repeat(maxLength),
      'a\u0301'.repeat(maxLength),
    ),
    fc.constant(`a${'\u0301'.repeat(maxLength)}`),
  );

const ids = fc.oneof(
  fc.constantFrom('2505.15988', 'math/0309136', '2505.16499', 'math.GT/0309136'),
  fc.string({ minLength: 1, maxLength: 120 }),
);

export const nastyPaper: fc.Arbitrary<Paper> = fc.record({
  id: ids,
  version: fc.option(fc.nat(40)),
  title: nastyText(200),
  authors: fc.array(nastyText(20), { maxLength: 120 }),
  authorsTruncated: fc.boolean(),
  abstract: fc.option(nastyText(600)),
  categories: fc.array(nastyText(4), { maxLength: 12 }),
  primary: nastyText(4),
  comments: fc.option(nastyText(300)),
  journalRef: fc.option(nastyText(300)),
  doi: fc.option(fc.oneof(nastyText(100), fc.constant('10.1093/mnras/stab123'))),
  withdrawn: fc.boolean(),
  formats: fc.constant([]),
});

const shown = fc.record({
  paper: nastyPaper,
  kind: fc.constantFrom(...announcementKinds),
  evidence: fc.array(
    fc.record({
      term: nastyText(30),
      field: fc.constantFrom(...paperFields),
      weight: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 8 },
  ),
  relevance: fc.option(
    fc.record({
      percentile: fc.double({ min: 0, max: 1, noNaN: true }),
      categories: fc.array(nastyText(10), { maxLength: 4 }),
    }),
  ),
});

export const nastyShown: fc.Arbitrary<ShownPaper> = shown;

const size = (text: string | undefined): number => Array.from(text ?? '').length;

/** What Discord would refuse in a body, in words; empty for a body that it takes. */
export function faultsOf(body: MessageBody): string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  let together = 0;
  for (const { title, description, footer, fields = [] } of body.embeds ?? []) {
    check(size(title) <= 256 && title?.trim() !== '', `title of ${size(title)}`);
    check(size(description) <= 4_096 && description?.trim() !== '', `description of ${size(description)}`);
    check(size(footer?.text) <= 2_048, `footer of ${size(footer?.text)}`);
    check(fields.length <= 25, `${fields.length} fields`);
    for (const { name, value } of fields) {
      check(value.trim() !== '' && size(value) <= 1_024 && size(name) <= 256, `field ${name} of ${size(value)}`);
      together += size(name) + size(value);
    }
    together += size(title) + size(description) + size(footer?.text);
  }
  check(together <= 6_000, `${together} code points together`);
  check((body.embeds ?? []).length <= 10, 'too many embeds');
  check((body.components ?? []).length <= 5, 'too many rows');
  const customIds: string[] = [];
  for (const row of body.components ?? []) {
    check(
      'components' in row && row.components.length >= 1 && row.components.length <= 5,
      'a row without, or with too many, buttons',
    );
    for (const button of 'components' in row ? row.components : [])
      if ('custom_id' in button) customIds.push(button.custom_id);
  }
  for (const id of customIds) check(id.length <= 100 && decodeCustomId(id) !== null, `custom id ${id}`);
  check(new Set(customIds).size === customIds.length, 'a custom id twice');
  check(JSON.stringify(body.allowed_mentions) === '{"parse":[]}', 'mentions allowed');
  check(JSON.stringify(body).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(body)), 'half a surrogate pair');
  return faults;
}
