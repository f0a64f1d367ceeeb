import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  readPlacedSubscriptions,
  readSubscriptions,
  writePlacedSubscriptions,
} from '../../src/exports/subscriptions-file.ts';

const quietEntry = (hour: number) => `- {guild: g, channel: c, query: x, hour: ${hour}, quiet: {from: 22, until: 7}}`;

describe('readPlacedSubscriptions', () => {
  it('reads the example subscriptions of the demo', () => {
    const subscriptions = readPlacedSubscriptions(
      readFileSync('seeds/subscriptions.yaml', 'utf8'),
      'seeds/subscriptions.yaml',
    );
    expect(subscriptions.map(({ channel }) => channel)).toContain('#llm-serving');
  });

  it('fills in defaults, and an id that is the same every time', () => {
    const text = '- { guild: "1", channel: "2", query: gossip }';
    const [first] = readPlacedSubscriptions(text, 'x.yaml');
    expect(first).toMatchObject({
      query: 'gossip',
      style: 'cards',
      kinds: ['new', 'cross'],
      maxPapers: 25,
      hour: null,
    });
    expect(first?.id).toMatch(/^s[0-9a-f]{8}$/);
    expect(readPlacedSubscriptions(text, 'y.yaml')[0]?.id).toBe(first?.id);
  });

  it('takes about how many papers a day, which changes no id of a file that does not say', () => {
    const [entry] = readPlacedSubscriptions('- { guild: "1", channel: "2", query: gossip }', 'x.yaml');
    // The id that Paperboy 0.1 made of this entry, before there was such a number.
    expect(entry).toMatchObject({ id: 's8dc29039', perDay: null });
    const [about] = readPlacedSubscriptions('- { guild: "1", channel: "2", query: gossip, perDay: 5 }', 'x.yaml');
    expect(about).toMatchObject({ perDay: 5 });
    expect(about?.id).not.toBe(entry?.id);
    expect(() => readPlacedSubscriptions('- { guild: "1", channel: "2", perDay: 0 }', 'x')).toThrow('x:1 perDay: ');
    expect(() => readPlacedSubscriptions('- { guild: "1", channel: "2", perDay: 30 }', 'x')).toThrow(
      'x:1 perDay: about 30 papers a day cannot come where maxPapers, 25, is the most',
    );
    const written = writePlacedSubscriptions(about ? [about] : [], 'y.yaml');
    expect(readPlacedSubscriptions(written, 'y.yaml')).toEqual([about]);
    expect(readSubscriptions('{"query":"gossip","perDay":5}', 'x.jsonl')).toMatchObject([{ perDay: 5 }]);
  });

  it('refuses a file with bad entries, naming line and key of each', () => {
    const text = '- guild: "1"\n  channel: "2"\n  query: (gossip\n- guild: "1"\n  style: card\n';
    expect(() => readPlacedSubscriptions(text, 'x.yaml')).toThrow(
      /x\.yaml:3 query: column \d+: .*\n.*x\.yaml:4 channel: .*\n.*x\.yaml:5 style: /,
    );
  });

  it.each([
    ['categories: [cs DC]', 'categories.0: expected a category such as cs.LG'],
    ['authors: ["!!"]', 'authors.0: expected a name'],
    ['hour: 9, zone: Mars/Phobos', 'zone: expected an IANA time zone'],
    ['channle: x', 'channle'],
  ])('refuses %s, which would never match or is not there to be set', (entry, problem) => {
    expect(() => readPlacedSubscriptions(`- {guild: "1", channel: "2", ${entry}}`, 'x')).toThrow(problem);
  });

  it('refuses an hour inside quiet hours, and takes the one at which they end', () => {
    expect(() => readPlacedSubscriptions(quietEntry(6), 's.yaml')).toThrow(
      's.yaml:1 hour: nothing can come at 6:00, inside the quiet hours',
    );
    expect(readPlacedSubscriptions(quietEntry(7), 's.yaml')).toMatchObject([
      { hour: 7, quiet: { from: 22, until: 7 } },
    ]);
  });

  it('refuses an id that stands twice', () => {
    const twice = '- {id: a, guild: "1", channel: "2"}\n- {id: a, guild: "1", channel: "3"}';
    expect(() => readPlacedSubscriptions(twice, 'x')).toThrow('x:2 id: an earlier entry has the id a too');
  });

  it('says where a file is not YAML, or an alias leads nowhere', () => {
    expect(() => readPlacedSubscriptions('- *nobody', 'x.yaml')).toThrow(/^x\.yaml/);
    expect(() => readPlacedSubscriptions('- [', 'x.yaml')).toThrow(/^x\.yaml:\d:\d is not YAML/);
  });

  it('reads back what writePlacedSubscriptions wrote, as YAML and as JSON', () => {
    const subscriptions = readPlacedSubscriptions('- { guild: "10", channel: "20", query: "title:\\"a b\\" -c" }', 'x');
    for (const name of ['x.yaml', 'x.json']) {
      expect(readPlacedSubscriptions(writePlacedSubscriptions(subscriptions, name), name)).toEqual(subscriptions);
    }
  });
});

describe('readSubscriptions', () => {
  it('reads JSON Lines, and lists in YAML or JSON', () => {
    const expected = [
      expect.objectContaining({ id: 'a', query: 'x' }),
      expect.objectContaining({ id: 'b', query: 'y z' }),
    ];
    expect(readSubscriptions('{"id":"a","query":"x"}\n\n{"id":"b","query":"y z"}\n', 'f')).toEqual(expected);
    expect(readSubscriptions('- {id: a, query: x}\n- {id: b, query: y z}', 'f')).toEqual(expected);
    expect(readSubscriptions('[{"id":"a","query":"x"},{"id":"b","query":"y z"}]', 'f')).toEqual(expected);
  });

  it('takes the files of channels too, and makes ids where there are none', () => {
    const [first] = readSubscriptions(readFileSync('seeds/subscriptions.yaml', 'utf8'), 'seeds/subscriptions.yaml');
    expect(first?.id).toMatch(/^s[0-9a-f]{8}$/);
  });

  it('names the line of a bad one', () => {
    expect(() => readSubscriptions('{"id":"a"}\n{"id":"b","query":5}', 'f.jsonl')).toThrow('f.jsonl:2');
  });
});
