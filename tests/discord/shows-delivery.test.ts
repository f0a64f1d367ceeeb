import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageBody, ShownPaper } from '../../src/discord/embed-paper.ts';
import { renderDelivery } from '../../src/discord/render-delivery.ts';
import { renderPaper } from '../../src/discord/render-paper.ts';
import { showsDelivery } from '../../src/discord/shows-delivery.ts';
import type { DeliveredPaper, Occasion } from '../../src/domain/delivery.ts';
import type { AnnouncementKind } from '../../src/domain/paper.ts';
import { announcementKinds } from '../../src/domain/paper.ts';
import type { Style } from '../../src/domain/subscription.ts';
import { aPaper } from '../builders/domain.ts';
import { nastyPaper } from './nasty.ts';

const date = '2025-05-23';
type Planned = { readonly style: Style; readonly date: string; readonly papers: readonly ShownPaper[] };

function occasionOf(kind: AnnouncementKind, day: string): Occasion {
  return kind === 'replace' || kind === 'replace-cross' ? `replace:${day}` : 'first';
}

/** A delivery as the outbox has it. */
function delivery({ date: day, papers }: Planned) {
  const delivered = papers.map(({ paper, kind }): DeliveredPaper => {
    return {
      paper: paper.id,
      occasion: occasionOf(kind, day),
      kind,
      score: 1,
      percentile: null,
      categories: [],
      subscriptions: ['s1'],
      evidence: [],
    };
  });
  return { date: day, papers: delivered };
}

function card(id: string, kind: AnnouncementKind = 'new', day = date): Planned {
  return { style: 'cards', date: day, papers: [{ paper: aPaper({ id }), kind, evidence: [] }] };
}

/** A message as Discord gives it back. */
function posted(body: MessageBody): unknown {
  return { embeds: [], components: [], ...structuredClone(body) };
}

/** A lane: deliveries of a target, each paper once an occasion, whatever the papers hold. */
const lane = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('2505.15988', '2505.15989', 'math/0309136', 'math.GT/0309136', '2505.1', '2505.16499'),
      day: fc.constantFrom('2025-05-23', '2025-05-26'),
      kind: fc.constantFrom(...announcementKinds),
      paper: nastyPaper,
      primary: fc.constantFrom('', 'cs.DC', 'math.GT', 'quant-ph'),
    }),
    { selector: ({ id, day, kind }) => `${id} ${occasionOf(kind, day)}`, minLength: 2, maxLength: 12 },
  )
  .chain((wishes) =>
    fc.record({
      wishes: fc.constant(wishes),
      styles: fc.array(fc.constantFrom<Style>('cards', 'digest'), { minLength: 2, maxLength: 2 }),
      size: fc.integer({ min: 1, max: 10 }),
    }),
  )
  .map(({ wishes, styles, size }): Planned[] => {
    const days = [...Map.groupBy(wishes, ({ day }) => day)];
    return days.flatMap(([day, ofDay], index) => {
      const style = styles[index] ?? 'cards';
      const shown = ofDay.map(({ id, paper, primary, kind }) => ({
        paper: { ...paper, id, primary },
        kind,
        evidence: [],
      }));
      const room = style === 'cards' ? 1 : size;
      return Array.from({ length: Math.ceil(shown.length / room) }, (_, at) => {
        return { style, date: day, papers: shown.slice(at * room, (at + 1) * room) };
      });
    });
  });

describe('showsDelivery', () => {
  it('recognises every delivery, and no other of its lane', () => {
    fc.assert(
      fc.property(lane, fc.boolean(), (planned, isLate) => {
        const messages = planned.map((one) => posted(renderDelivery({ ...one, lateSince: isLate ? 0 : null })));
        for (const [at, message] of messages.entries()) {
          expect(planned.map((one) => showsDelivery(message, delivery(one)))).toEqual(
            planned.map((_, other) => other === at),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('tells a replacement from the first announcement and from another replacement', () => {
    const message = posted(renderDelivery(card('2505.1', 'replace-cross')));
    expect(showsDelivery(message, delivery(card('2505.1', 'replace')))).toBe(true);
    expect(showsDelivery(message, delivery(card('2505.1')))).toBe(false);
    expect(showsDelivery(message, delivery(card('2505.1', 'replace', '2025-05-26')))).toBe(false);
  });

  it('recognises what came without a paper that nobody wants any more', () => {
    const both = { ...card('2505.1'), style: 'digest' as const };
    const papers = [...both.papers, ...card('2505.2', 'replace').papers];
    expect(showsDelivery(posted(renderDelivery(both)), delivery({ ...both, papers }))).toBe(true);
    expect(showsDelivery(posted(renderDelivery({ ...both, papers })), delivery(both))).toBe(false);
  });

  it('goes by the buttons where Discord shows no embeds', () => {
    for (const style of ['cards', 'digest'] as const) {
      const message = posted({ ...renderDelivery({ ...card('2505.1'), style }), embeds: [] });
      expect(showsDelivery(message, delivery(card('2505.1')))).toBe(true);
      expect(showsDelivery(message, delivery(card('2505.2')))).toBe(false);
    }
  });

  it('recognises nothing in other messages', () => {
    const other = [
      posted(renderPaper(aPaper({ id: '2505.1' }))),
      { embeds: [{ title: '1 paper · Fri 23 May 2025' }], components: [] },
      { embeds: [], components: [{ type: 17, components: [{ type: 10, content: 'x' }] }] },
      { embeds: [], components: [{ type: 1, components: [{ type: 2, custom_id: 'v1:up:2505.1' }] }] },
      {},
      null,
    ];
    for (const message of other) expect(showsDelivery(message, delivery(card('2505.1')))).toBe(false);
  });
});
